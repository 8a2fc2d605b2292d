/** A block of cells as Excel, Word or WPS put it on the clipboard. */
export type Cells = readonly (readonly string[])[]

/** What a paste brings: the same block as a table of a page and as text. */
export interface Clipboard {
  html: string
  text: string
}

/** Reads a block of at least two cells; undefined where something else was copied, which then goes into
 * the one cell as usual. A table knows its merged cells and line breaks, so it comes first. */
export function cellsOf(clipboard: Clipboard): Cells | undefined {
  const cells = fromTable(clipboard.html) ?? fromText(clipboard.text)
  const filled = cells.filter((row) => row.some((cell) => cell !== ''))
  return filled.length > 1 || (filled[0]?.length ?? 0) > 1 ? filled : undefined
}

/** Reads lines of cells parted by tabs. A cell in quotes may hold tabs, line breaks and doubled quotes. */
export function fromText(text: string): Cells {
  const rows: string[][] = [[]]
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g
  const trimmed = text.replace(/(\r\n|\n|\r)$/, '')
  let found = pattern.exec(trimmed)
  while (found) {
    const [, quoted, plain = '', separator] = found
    rows[rows.length - 1]?.push(clean(quoted === undefined ? plain : quoted.replace(/""/g, '"')))
    if (separator === '') break
    if (separator !== '\t') rows.push([])
    found = pattern.exec(trimmed)
  }
  return rows
}

/** Reads the first table of a page. A merged cell gives its text to every row that it spans, so that a
 * level named once holds for all its rows, but to its first column alone. */
export function fromTable(html: string): Cells | undefined {
  if (!/<table/i.test(html)) return undefined
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (!table) return undefined
  const grid: string[][] = []
  Array.from(table.rows).forEach((row, y) => {
    const line = rowAt(grid, y)
    let x = 0
    for (const cell of Array.from(row.cells)) {
      while (line[x] !== undefined) x++
      spread(grid, cell, x, y)
    }
  })
  return grid.map((row) => Array.from(row, (cell) => cell ?? ''))
}

function rowAt(grid: string[][], y: number): string[] {
  while (grid.length <= y) grid.push([])
  return grid[y] as string[]
}

function spread(grid: string[][], cell: HTMLTableCellElement, x: number, y: number): void {
  const text = textOf(cell)
  for (let down = 0; down < Math.max(cell.rowSpan, 1); down++) {
    const row = rowAt(grid, y + down)
    for (let right = 0; right < Math.max(cell.colSpan, 1); right++) {
      row[x + right] = right === 0 ? text : ''
    }
  }
}

/** Line breaks of a cell are its <br> and paragraphs; those in the source are mere spaces. */
function textOf(cell: Element): string {
  const marked = cell.cloneNode(true) as Element
  for (const node of Array.from(marked.querySelectorAll('br'))) node.replaceWith('\u0001')
  for (const node of Array.from(marked.querySelectorAll('p, div, li')).slice(1)) node.prepend('\u0001')
  const text = (marked.textContent ?? '').replace(/\s+/g, ' ')
  return clean(
    text
      .split('\u0001')
      .map((line) => line.trim())
      .join('\n'),
  )
}

function clean(cell: string): string {
  return cell.replace(/\u00a0/g, ' ').trim()
}
