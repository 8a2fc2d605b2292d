import { api, call } from '@/api/client'
import type { Unit } from '@/app/places'
import type { FilingRecord, IndicatorTree } from './types'

/** All that the printed sheet of a filing needs: the record, its year's tree, its department. */
export interface FilingSource {
  first: FilingRecord
  tree: IndicatorTree
  department: string
}

/** Fetches a filing and, at the same time, what goes with the unit of its address, which is nearly always
 * the filing's own. */
export async function fetchFiling(id: string, unit: Unit): Promise<FilingSource> {
  const [first, years, department] = await Promise.all([
    call(api.GET('/filings/{id}', { params: { path: { id } } })),
    call(api.GET('/years', { params: { query: { region: unit.region } } })),
    fetchDepartment(unit),
  ])
  const key = years.years.find((one) => one.year === first.year)?.treeKey ?? ''
  const tree = await call(api.GET('/indicator-trees/{key}', { params: { path: { key } } }))
  if (first.unit.id === unit.id) return { first, tree, department }
  const own = await call(api.GET('/units/{id}', { params: { path: { id: first.unit.id } } }))
  return { first, tree, department: await fetchDepartment(own) }
}

/** Gives the competent department as the form prints it: code-name, of the unit itself where it is one. */
async function fetchDepartment(unit: Unit): Promise<string> {
  if (unit.parentCode === '') return `${unit.code}-${unit.name}`
  const query = { text: unit.parentCode, size: 20 }
  const { items } = await call(api.GET('/units', { params: { query } }))
  const parent = items.find((one) => one.region === unit.region && one.code === unit.parentCode)
  return parent ? `${parent.code}-${parent.name}` : unit.parentCode
}
