import type { PastedRow } from '@/domain/paste/indicators'
import type { Branch } from '@/domain/tree'
import { isBlank, newRow } from './draft'
import type { Half, RowDraft, TargetDraft } from './draft'

/** Where a row of a group belongs in the list, which is in the order of the tree: after the last row of
 * its own group or of one before it. */
export function placeFor(
  rows: readonly RowDraft[],
  branches: readonly Branch[],
  level1: string,
  level2: string,
): number {
  const order = (row: { level1: string; level2: string }) =>
    branches.findIndex((branch) => branch.level1 === row.level1 && branch.level2 === row.level2)
  const mine = order({ level1, level2 })
  let place = 0
  rows.forEach((row, i) => {
    const theirs = order(row)
    if (theirs >= 0 && theirs <= mine) place = i + 1
  })
  return place
}

/** Moves a row up or down within its group; says whether there was room. */
export function move(rows: RowDraft[], index: number, step: -1 | 1): boolean {
  const row = rows[index]
  if (!row) return false
  for (let other = index + step; rows[other]; other += step) {
    const neighbour = rows[other]
    if (neighbour?.level1 !== row.level1 || neighbour.level2 !== row.level2) continue
    rows[other] = row
    rows[index] = neighbour
    return true
  }
  return false
}

/** Puts the long-term names and values into the annual half where nothing stands yet; gives how many. */
export function copyToAnnual(rows: readonly RowDraft[]): number {
  const blank = rows.filter((row) => !isBlank(row.longTerm) && isBlank(row.annual))
  for (const row of blank) Object.assign(row.annual, row.longTerm)
  return blank.length
}

/** Puts pasted rows on the form: over the row of the cursor and the rows of the same group below it,
 * else over the group's blank rows, else as new rows. */
export function putPasted(
  rows: RowDraft[],
  branches: readonly Branch[],
  pasted: readonly PastedRow[],
  start: number,
): void {
  const taken = new Set<RowDraft>()
  for (const { branch, longTerm, annual } of pasted) {
    const halves: [Half, { name: string; value: string } | undefined][] = [
      ['longTerm', longTerm],
      ['annual', annual],
    ]
    const row = rowFor(rows, branch, start, halves, taken) ?? insert(rows, branches, branch)
    taken.add(row)
    for (const [half, target] of halves) {
      if (target) Object.assign(row[half], target)
    }
  }
}

function rowFor(
  rows: readonly RowDraft[],
  branch: Branch,
  start: number,
  halves: [Half, unknown][],
  taken: Set<RowDraft>,
): RowDraft | undefined {
  const group = rows.filter(
    (row) => row.level1 === branch.level1 && row.level2 === branch.level2 && !taken.has(row),
  )
  const cursor = rows[start]
  const free = (row: RowDraft) => halves.every(([half, target]) => !target || isBlankTarget(row[half]))
  const underCursor = cursor && group.includes(cursor) ? cursor : undefined
  return (
    underCursor ??
    group.find((row) => rows.indexOf(row) > start && follows(rows, taken, row)) ??
    group.find(free)
  )
}

/** A block goes on downward only from the row that it began in. */
function follows(rows: readonly RowDraft[], taken: Set<RowDraft>, row: RowDraft): boolean {
  const before = rows[rows.indexOf(row) - 1]
  return before !== undefined && taken.has(before)
}

function isBlankTarget(target: TargetDraft): boolean {
  return target.name === '' && target.value === ''
}

function insert(rows: RowDraft[], branches: readonly Branch[], branch: Branch): RowDraft {
  const place = placeFor(rows, branches, branch.level1, branch.level2)
  rows.splice(place, 0, newRow(branch.level1, branch.level2))
  return rows[place] as RowDraft
}
