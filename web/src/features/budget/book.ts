import { computed } from 'vue'
import type { LocationQueryRaw, RouteLocationRaw } from 'vue-router'
import { tableStateValues } from '@/api/schema'
import type { components } from '@/api/schema'
import { addressAt, usePlace, useUnit } from '@/app/place'
import { useQuery } from '@/components/query'

type Schemas = components['schemas']
export type BookHead = Pick<
  Schemas['TableList'],
  'unit' | 'name' | 'year' | 'state' | 'fallback' | 'department' | 'hasUnits'
>
export type TableItem = Schemas['TableItem']
export type TableLayout = Schemas['TableLayout']
export type RuleOutcome = Schemas['RuleOutcome']
export type BookFinding = Schemas['BookFinding']

/** Whose tables the address asks for: the unit's or its department's, and which records count (口径). */
export function useBook() {
  const place = usePlace()
  const unit = useUnit()
  const query = useQuery()
  const state = query.text('state')
  const scope = query.text('scope')

  /** Unit and year, as the interface takes them. */
  const path = computed(() => ({ id: unit.value.id, year: place.value.year }))
  const asked = computed(() => {
    const known = tableStateValues.find((one) => one === state.value)
    return { ...(known && { state: known }), ...(scope.value === 'department' && { department: true }) }
  })

  /** The address of another view of the same tables. */
  function to(view: string, more: LocationQueryRaw = {}): RouteLocationRaw {
    const kept = { ...(state.value && { state: state.value }), ...(scope.value && { scope: scope.value }) }
    return { path: addressAt(place.value, view), query: { ...kept, ...more } }
  }

  return { place, query, path, asked, to }
}

export type Book = ReturnType<typeof useBook>

/** How the server says that a finding shows. */
export type Sign = Schemas['FindingOutcome']

export const signWords: Readonly<Record<Sign, { sign: string; word: string }>> = {
  error: { sign: '✕', word: '错误' },
  warning: { sign: '!', word: '提醒' },
  info: { sign: '≈', word: '提示' },
  insufficientData: { sign: '?', word: '数据不足' },
  pass: { sign: '✓', word: '相符' },
  notApplicable: { sign: '—', word: '不适用' },
}

/** What stands in the cells of a table, by row and column, as keyed by cellKey. */
export function cellsOf({ rows, columns }: Pick<TableLayout, 'rows' | 'columns'>): Map<string, string> {
  const cells = new Map<string, string>()
  for (const row of rows) {
    row.cells.forEach((cell, i) => {
      if (cell.row) cells.set(cellKey(cell.row, columns[i]?.key ?? ''), cell.text)
    })
  }
  return cells
}

export function cellKey(row: string, column: string): string {
  return `${row}\n${column}`
}

/** Where a finding's row stands in a table, by the key of the row or by what it is called; -1 where it doesn't. */
export function rowIndex({ rows }: Pick<TableLayout, 'rows'>, mark: string): number {
  return rows.findIndex(({ cells }) =>
    cells.some(({ row, text, amount }) => row === mark || (amount === null && text === mark)),
  )
}
