import { api, call, tagOf } from '@/api/client'
import type { Unit } from '@/app/places'
import { remember } from '@/features/record/remember'
import type { RecordKind } from '@/features/record/useRecord'
import { contentOf, draftOf, layout, sentRow } from './draft'
import type { FormDraft } from './draft'
import type { Filing, FilingRecord, IndicatorTree } from './types'

/** Filings, as a page keeps and edits one. */
export function filingKind(): RecordKind<Filing, FormDraft> {
  const sent = remember(sentRow)
  return {
    layout,
    draftOf,
    contentOf: (draft, from) => contentOf(draft, from, sent),
    get: fetchRecord,
    put: ({ id, lock }, body) =>
      call(api.PUT('/filings/{id}', { params: { path: { id }, header: { 'If-Match': tagOf(lock) } }, body })),
  }
}

function fetchRecord(id: string): Promise<FilingRecord> {
  return call(api.GET('/filings/{id}', { params: { path: { id } } }))
}

/** All that the printed sheet of a filing needs: the record, its year's tree, its department. */
export interface FilingSource {
  first: FilingRecord
  tree: IndicatorTree
  department: string
}

/** Fetches a filing and, at the same time, what goes with the unit and the year of its address, which are
 * nearly always the filing's own. */
export async function fetchFiling(id: string, unit: Unit, year: number): Promise<FilingSource> {
  const near = fetchTree(unit.region, year)
  near.catch(() => undefined) // a year without a tree matters where the filing is of that year alone
  const [first, department] = await Promise.all([fetchRecord(id), fetchDepartment(unit)])
  const tree = await (first.year === year ? near : fetchTree(unit.region, first.year))
  if (first.unit.id === unit.id) return { first, tree, department }
  const own = await call(api.GET('/units/{id}', { params: { path: { id: first.unit.id } } }))
  return { first, tree, department: await fetchDepartment(own) }
}

export async function fetchTree(region: string, year: number): Promise<IndicatorTree> {
  const { years } = await call(api.GET('/years', { params: { query: { region } } }))
  const key = years.find((one) => one.year === year)?.treeKey ?? ''
  return call(api.GET('/indicator-trees/{key}', { params: { path: { key } } }))
}

/** Gives the competent department as the form prints it: code-name, of the unit itself where it is one. */
export async function fetchDepartment(unit: Unit): Promise<string> {
  if (unit.parentCode === '') return `${unit.code}-${unit.name}`
  const query = { text: unit.parentCode, size: 20 }
  const { items } = await call(api.GET('/units', { params: { query } }))
  const parent = items.find((one) => one.region === unit.region && one.code === unit.parentCode)
  return parent ? `${parent.code}-${parent.name}` : unit.parentCode
}
