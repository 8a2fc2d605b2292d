import { api, call, tagOf } from '@/api/client'
import { fetchTree } from '@/features/filing/source'
import type { IndicatorTree } from '@/features/filing/types'
import type { RecordKind, RecordOf } from '@/features/record/useRecord'
import { contentOf, draftOf, layout } from './draft'
import type { Target, TargetDraft } from './draft'

export type TargetRecord = RecordOf<Target>

/** Whole-unit targets, as the page keeps and edits them. */
export const targetKind: RecordKind<Target, TargetDraft> = {
  layout,
  draftOf,
  contentOf,
  get: (id) => call(api.GET('/targets/{id}', { params: { path: { id } } })),
  put: ({ id, lock }, body) =>
    call(api.PUT('/targets/{id}', { params: { path: { id }, header: { 'If-Match': tagOf(lock) } }, body })),
}

/** All that the printed sheet of a target needs: the record and its year's tree. */
export interface TargetSource {
  first: TargetRecord
  tree: IndicatorTree
}

export async function fetchTarget(id: string, region: string): Promise<TargetSource> {
  const first = await targetKind.get(id)
  return { first, tree: await fetchTree(region, first.year) }
}
