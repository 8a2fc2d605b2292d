import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

/** Where the interface keeps a kind of record; the acts and views of all kinds stand below alike. */
export type RecordPath = '/filings/{id}' | '/sheets/{id}' | '/targets/{id}'

/** What happened to a record. */
export function fetchHistory(path: RecordPath, id: string): Promise<components['schemas']['RecordHistory']> {
  return call(api.GET(`${path}/history`, { params: { path: { id } } }))
}
