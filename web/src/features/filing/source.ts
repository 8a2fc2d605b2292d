import { api, call } from '@/api/client'
import type { FilingRecord, IndicatorTree } from './types'

/** All that the printed sheet of a filing needs: the record, its year's tree, its department. */
export interface FilingSource {
  first: FilingRecord
  tree: IndicatorTree
  department: string
}

export async function fetchFiling(id: string, region: string): Promise<FilingSource> {
  const first = await call(api.GET('/filings/{id}', { params: { path: { id } } }))
  const [tree, department] = await Promise.all([
    fetchTree(region, first.year),
    fetchDepartment(first.unit.id),
  ])
  return { first, tree, department }
}

export async function fetchTree(region: string, year: number): Promise<IndicatorTree> {
  const { years } = await call(api.GET('/years', { params: { query: { region } } }))
  const key = years.find((one) => one.year === year)?.treeKey ?? ''
  return call(api.GET('/indicator-trees/{key}', { params: { path: { key } } }))
}

/** Gives the competent department as the form prints it: code-name, of the unit itself where it is one. */
export async function fetchDepartment(id: string): Promise<string> {
  const unit = await call(api.GET('/units/{id}', { params: { path: { id } } }))
  if (unit.parentCode === '') return `${unit.code}-${unit.name}`
  const query = { text: unit.parentCode, size: 20 }
  const { items } = await call(api.GET('/units', { params: { query } }))
  const parent = items.find((one) => one.code === unit.parentCode)
  return parent ? `${parent.code}-${parent.name}` : unit.parentCode
}
