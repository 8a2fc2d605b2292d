import type { Branch } from '../tree'
import type { Cells } from './cells'

export interface PastedTarget {
  name: string
  value: string
}

/** An indicator row as pasted; a half that the block doesn't have is undefined. */
export interface PastedRow {
  branch: Branch
  longTerm?: PastedTarget
  annual?: PastedTarget
}

/** Where the paste was made: the group under the cursor and the half that it stands in. */
export interface PastePlace {
  branch: Branch
  half: 'longTerm' | 'annual'
}

interface Layout {
  /** Columns with names of levels. */
  levels: number[]
  /** Columns with names and values: two for one half of the form, four for both. */
  words: number[]
}

const heads = [
  '绩效指标',
  '一级指标',
  '二级指标',
  '三级指标',
  '指标值',
  '指标名称',
  '目标值',
  '实施期',
  '年度',
]

/** Reads indicator rows from a block of cells: with or without heads, with the levels named beside each
 * row, once over several rows, or not at all; one half of the form or both. Rows whose level the tree
 * doesn't know go where the cursor stands. */
export function indicatorRows(cells: Cells, branches: readonly Branch[], place: PastePlace): PastedRow[] {
  const body = cells.filter((row) => !isHead(row))
  const layout = layoutOf(body, branches)
  let branch = place.branch
  return body.flatMap((row) => {
    branch = branchOf(row, layout, branches) ?? branch
    const targets = targetsOf(row, layout, place.half)
    return targets ? [{ branch, ...targets }] : []
  })
}

function isHead(row: readonly string[]): boolean {
  const filled = row.filter((cell) => cell !== '')
  return filled.length > 0 && filled.every((cell) => heads.some((head) => bare(cell).startsWith(head)))
}

function layoutOf(body: Cells, branches: readonly Branch[]): Layout {
  const width = Math.max(0, ...body.map((row) => row.length))
  const levels: number[] = []
  const words: number[] = []
  for (let x = 0; x < width; x++) {
    const filled = body.map((row) => row[x] ?? '').filter((cell) => cell !== '')
    if (filled.length === 0) continue
    if (filled.every((cell) => isLevel(cell, branches))) levels.push(x)
    else words.push(x)
  }
  return { levels, words: keepPairs(words) }
}

/** Three columns of words are name and value with something after them. */
function keepPairs(words: number[]): number[] {
  return words.length >= 4 ? words.slice(0, 4) : words.slice(0, 2)
}

function isLevel(cell: string, branches: readonly Branch[]): boolean {
  const text = bare(cell)
  return text === '绩效指标' || branches.some(({ name1, name2 }) => named(text, name1) || named(text, name2))
}

/** Forms shorten the names of levels: 数量, 数量指标, 服务对象满意度. */
function named(text: string, name: string): boolean {
  return text === name || `${text}指标` === name
}

function bare(cell: string): string {
  return cell.replace(/[\s:\uff1a]/g, '')
}

function branchOf(row: readonly string[], layout: Layout, branches: readonly Branch[]): Branch | undefined {
  const texts = layout.levels.map((x) => bare(row[x] ?? '')).filter((text) => text !== '')
  return (
    branches.find(({ name2 }) => texts.some((text) => named(text, name2))) ??
    branches.find(({ name1 }) => texts.some((text) => named(text, name1)))
  )
}

function targetsOf(
  row: readonly string[],
  { words }: Layout,
  half: PastePlace['half'],
): Pick<PastedRow, 'longTerm' | 'annual'> | undefined {
  const [a, b, c, d] = words.map((x) => (row[x] ?? '').replace(/\n/g, ''))
  if ([a, b, c, d].every((cell) => !cell)) return undefined
  const first = { name: a ?? '', value: b ?? '' }
  if (words.length < 4) return { [half]: first }
  return { longTerm: first, annual: { name: c ?? '', value: d ?? '' } }
}
