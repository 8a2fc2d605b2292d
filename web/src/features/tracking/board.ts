import { api, call } from '@/api/client'
import type { components, paths } from '@/api/schema'
import { addressAt } from '@/app/place'
import type { Place } from '@/app/place'

export type Board = components['schemas']['boardOut']
export type BoardRow = components['schemas']['boardRowOut']
export type BoardMoney = components['schemas']['boardMoneyOut']
export type BoardQuery = NonNullable<paths['/board']['get']['parameters']['query']>
type Unit = components['schemas']['Unit']

/** A board with the units above its rows, from the top. */
export interface BoardPage {
  board: Board
  above: Unit[]
}

export async function fetchBoard(query: BoardQuery): Promise<BoardPage> {
  const [board, above] = await Promise.all([
    call(api.GET('/board', { params: { query } })),
    query.unit ? fetchAbove(query.unit) : [],
  ])
  return { board, above }
}

/** The unit with those above it, as far as the reader may see them. */
async function fetchAbove(id: string): Promise<Unit[]> {
  const unit = await call(api.GET('/units/{id}', { params: { path: { id } } }))
  const chain = [unit]
  for (let code = unit.parentCode; code !== ''; code = chain[0]?.parentCode ?? '') {
    const query = { text: code, size: 50 }
    const { items } = await call(api.GET('/units', { params: { query } }))
    const parent = items.find((one) => one.code === code && one.region === unit.region)
    if (!parent) break
    chain.unshift(parent)
  }
  return chain
}

/** The address of the file of all rows. */
export function fileOf(query: BoardQuery, format: 'csv' | 'xlsx'): string {
  const asked = Object.entries({ ...query, format }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return `/api/board/export?${new URLSearchParams(asked).toString()}`
}

/** What the numbers of a row open: where a row is no unit's total, its project's own pages. */
export interface Openings {
  row: string
  paid: string
  lights: string
  corrections: string
}

/** The addresses behind a row's numbers. `down` is the board one level below the row. */
export function openingsOf(
  row: BoardRow,
  place: Place,
  at: { window: string; on: string; unitCode: string },
  down: string,
): Openings {
  if (row.record !== '') {
    const here = { ...place, unit: at.unitCode }
    const filing = addressAt(here, `filings/${row.record}`)
    const sheet = at.window === '' ? filing : addressAt(here, `monitoring/${row.record}/${at.window}`)
    const payments = addressAt(here, `payments?project=${encodeURIComponent(row.code)}&until=${at.on}`)
    return { row: filing, paid: payments, lights: sheet, corrections: sheet }
  }
  const there = { ...place, unit: row.code }
  const below = row.alone ? '' : '&below=1'
  return {
    row: down,
    paid: addressAt(there, `payments?until=${at.on}${below}`),
    lights: down,
    corrections: addressAt(there, `corrections?open=1&below=${row.alone ? 0 : 1}`),
  }
}

/** The part of the whole that a percentage as text says, for drawing alone. */
export function shareOf(percentage: string): number {
  return Number.parseFloat(percentage) / 100 || 0
}
