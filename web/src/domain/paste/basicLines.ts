import { fenOf, yuanOf } from '../money'
import type { Cells } from './cells'

/** A line of the basic sheet as pasted; what the block doesn't have is blank. */
export interface PastedLine {
  functionCode: string
  departmentEconomicCode: string
  amount: string
  fundKind: string
  /** What stood where an amount belongs and can't be read as one. */
  unread: string
}

type Column = 'functionCode' | 'departmentEconomicCode' | 'amount' | 'fundKind'

/** The words of a vocabulary, such as fund kinds, by their Chinese. */
export type Words = Readonly<Record<string, string>>

const functional = /^(2\d{4}(?:\d{2})?)(?!\d)/
const economic = /^(3\d{2}(?:\d{2})?)(?!\d)/

/** Reads basic lines from a block of cells. Columns are known by their heads, else by what stands in them:
 * a code with or without its name, an amount, a fund kind. A code named once holds for the rows below;
 * heads that say 万元 are believed. Rows without an amount, such as titles and sums, are left out. */
export function basicLines(cells: Cells, fundKinds: Words): PastedLine[] {
  const factor = cells.some((row) => row.some((cell) => /\u4e07\u5143/.test(cell) && !/\d/.test(cell)))
    ? '万'
    : ''
  const columns = columnsOf(cells, fundKinds, factor)
  const carried = { functionCode: '', departmentEconomicCode: '', fundKind: '' }
  return cells.flatMap((row) => {
    const texts = (column: Column) => columns[column].map((x) => row[x] ?? '')
    carried.functionCode = codeIn(texts('functionCode'), functional) || carried.functionCode
    carried.departmentEconomicCode = codeIn(texts('departmentEconomicCode'), economic)
    carried.fundKind = fundKinds[texts('fundKind').find((text) => fundKinds[text]) ?? ''] ?? carried.fundKind
    const text = texts('amount').find((cell) => cell !== '') ?? ''
    if (text === '' || !carried.departmentEconomicCode) return []
    const fen = fenOf(text + factor)
    return [
      { ...carried, amount: fen === undefined ? '' : yuanOf(fen), unread: fen === undefined ? text : '' },
    ]
  })
}

function codeIn(texts: readonly string[], pattern: RegExp): string {
  for (const text of texts) {
    const code = pattern.exec(text)?.[1]
    if (code) return code
  }
  return ''
}

function columnsOf(cells: Cells, fundKinds: Words, factor: string): Record<Column, number[]> {
  const columns: Record<Column, number[]> = {
    functionCode: [],
    departmentEconomicCode: [],
    amount: [],
    fundKind: [],
  }
  const width = Math.max(0, ...cells.map((row) => row.length))
  for (let x = 0; x < width; x++) {
    const column = columnOf(
      cells.map((row) => row[x] ?? '').filter((cell) => cell !== ''),
      fundKinds,
      factor,
    )
    if (column) columns[column].push(x)
  }
  return columns
}

/** A column is what most of its cells are; heads and sums are few. */
function columnOf(filled: readonly string[], fundKinds: Words, factor: string): Column | undefined {
  const share = (test: (cell: string) => boolean) => filled.filter(test).length * 2 >= filled.length
  if (filled.length === 0) return undefined
  if (share((cell) => functional.test(cell))) return 'functionCode'
  if (share((cell) => economic.test(cell))) return 'departmentEconomicCode'
  if (share((cell) => fundKinds[cell] !== undefined)) return 'fundKind'
  return share((cell) => fenOf(cell + factor) !== undefined) ? 'amount' : undefined
}
