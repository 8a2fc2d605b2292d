import { api, call, tagOf } from '@/api/client'
import type { components } from '@/api/schema'
import { remember } from '@/features/record/remember'
import type { RecordKind, RecordOf } from '@/features/record/useRecord'
import { contentOf, draftOf, layout, sentLine } from './draft'
import type { CodeNames, LineDraft, Names, Sheet, SheetDraft } from './draft'

export type SheetRecord = RecordOf<Sheet>

/** Basic sheets of a year, as the page keeps and edits them. */
export function sheetKind(year: number, names: CodeNames): RecordKind<Sheet, SheetDraft> {
  const sent = remember((line: LineDraft) => sentLine(line, names))
  return {
    layout,
    draftOf,
    contentOf: (draft, from) => contentOf(draft, from, year, names, sent),
    get: fetchRecord,
    put: ({ id, lock }, body) =>
      call(api.PUT('/sheets/{id}', { params: { path: { id }, header: { 'If-Match': tagOf(lock) } }, body })),
  }
}

function fetchRecord(id: string): Promise<SheetRecord> {
  return call(api.GET('/sheets/{id}', { params: { path: { id } } }))
}

type Kind = components['schemas']['CatalogueKind']

/** All that a basic sheet needs: the record, the year's code lists, the unit's mapping. */
export interface SheetSource {
  first: SheetRecord
  names: CodeNames
  /** Department economic code → government economic code. */
  mapping: Names
}

export async function fetchSheet(id: string): Promise<SheetSource> {
  const first = await fetchRecord(id)
  const list = (kind: Kind) => fetchNames(kind, first.year)
  const [functional, departmentEconomic, governmentEconomic, revenue, mapping] = await Promise.all([
    list('functional'),
    list('departmentEconomic'),
    list('governmentEconomic'),
    list('revenue'),
    fetchMapping(first.unit.id, first.year),
  ])
  return { first, names: { functional, departmentEconomic, governmentEconomic, revenue }, mapping }
}

const pageSize = 200

async function fetchNames(kind: Kind, year: number): Promise<Names> {
  const fetchPage = (page: number) => {
    const query = { year, page, size: pageSize }
    return call(api.GET('/catalogues/{kind}', { params: { path: { kind }, query } }))
  }
  const first = await fetchPage(1)
  const further = Array.from({ length: Math.ceil(first.total / pageSize) - 1 }, (_, i) => fetchPage(i + 2))
  const pages = [first, ...(await Promise.all(further))]
  return new Map(pages.flatMap(({ items }) => items.map(({ code, name }) => [code, name] as const)))
}

async function fetchMapping(unit: string, year: number): Promise<Names> {
  const { codes } = await call(api.GET('/mapping', { params: { query: { unit, year } } }))
  return new Map(codes.map(({ department, government }) => [department, government]))
}
