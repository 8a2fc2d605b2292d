import { api, call } from '@/api/client'
import { pathsFilingsGetParametersQuerySortValues as sorts, stateValues } from '@/api/schema'
import type { components, paths } from '@/api/schema'
import type { RecordItem } from './records'

type Page = components['schemas']['RecordItemPage']
export type ListQuery = NonNullable<paths['/filings']['get']['parameters']['query']>

type Kind = components['schemas']['RecordKind']

/** A page of records of a kind. */
export function fetchPage(kind: Kind, query: ListQuery): Promise<Page> {
  return call(api.GET(`/${kind}s`, { params: { query } }))
}

/** All records that the query lets through, page by page. */
export async function fetchAll(kind: Kind, query: ListQuery): Promise<RecordItem[]> {
  const all: RecordItem[] = []
  for (let page = 1; ; page++) {
    const got = await fetchPage(kind, { ...query, page, size: 200 })
    all.push(...got.items)
    if (got.items.length === 0 || all.length >= got.total) return all
  }
}

/** One of the allowed values, or undefined: an address may hold anything. */
function oneOf<T extends string>(allowed: readonly T[], text: string): T | undefined {
  return allowed.find((value) => value === text)
}

export const stateOf = (text: string): ListQuery['state'] => oneOf(stateValues, text)
export const sortOf = (text: string): ListQuery['sort'] => oneOf(sorts, text)
