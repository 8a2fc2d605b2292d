import { api, call, tagOf } from '@/api/client'
import type { components } from '@/api/schema'
import { fenOf, shownAmount, yuanOf } from '@/domain/money'
import type { Backed } from '@/features/attachment/backed'

export type TrackedSheet = components['schemas']['sheetOut']
export type SheetLine = components['schemas']['sheetLineOut']
type History = components['schemas']['RecordHistory']
export type SheetVerb = 'submit' | 'confirm' | 'return'

/** A project's monitoring sheet of a window; its self-evaluation where the window is '', and that of a
 * whole-unit target where it is of one. */
export interface SheetKey {
  record: string
  window: string
  whole?: boolean
}

function evaluationOf({ whole }: SheetKey) {
  return whole ? '/targets/{id}/evaluation' : '/filings/{id}/evaluation'
}

/** What the evidence of a sheet backs up. */
export function backedBy({ record: id, window, whole }: SheetKey): Backed {
  if (window !== '') return { of: 'monitoring', id, window }
  return { of: whole ? 'whole' : 'evaluation', id }
}

export function fetchSheet(key: SheetKey): Promise<TrackedSheet> {
  const { record: id, window } = key
  if (window === '') return call(api.GET(evaluationOf(key), { params: { path: { id } } }))
  return call(api.GET('/filings/{id}/monitoring/{window}', { params: { path: { id, window } } }))
}

export function saveSheet(
  key: SheetKey,
  version: number,
  body: components['schemas']['sheetIn'],
): Promise<TrackedSheet> {
  const { record: id, window } = key
  const header = { 'If-Match': tagOf(version) }
  if (window === '') {
    return call(api.PUT(evaluationOf(key), { params: { path: { id }, header }, body }))
  }
  return call(
    api.PUT('/filings/{id}/monitoring/{window}', { params: { path: { id, window }, header }, body }),
  )
}

const done = { submit: 'submitted', confirm: 'confirmed', return: 'returned' } as const

export function actOnSheet(
  key: SheetKey,
  verb: SheetVerb,
  version: number,
  body: components['schemas']['sheetActIn'],
): Promise<TrackedSheet> {
  const { record: id, window } = key
  const header = { 'If-Match': tagOf(version) }
  const act = done[verb]
  if (window === '') {
    return call(api.POST(`${evaluationOf(key)}/${act}`, { params: { path: { id }, header }, body }))
  }
  return call(
    api.POST(`/filings/{id}/monitoring/{window}/${act}`, { params: { path: { id, window }, header }, body }),
  )
}

export function fetchSheetHistory(key: SheetKey): Promise<History> {
  const { record: id, window } = key
  if (window === '') return call(api.GET(`${evaluationOf(key)}/history`, { params: { path: { id } } }))
  return call(api.GET('/filings/{id}/monitoring/{window}/history', { params: { path: { id, window } } }))
}

/** The address of the sheet as a printed document. */
export function documentOf(key: SheetKey, format: (typeof documentFormats)[number]['format']): string {
  const path = key.window === '' ? evaluationOf(key) : `/filings/{id}/monitoring/${key.window}`
  return `/api${path.replace('{id}', key.record)}/document?format=${format}`
}

export const documentFormats = [
  { format: 'pdf', text: 'PDF' },
  { format: 'docx', text: 'Word' },
  { format: 'xlsx', text: 'Excel' },
  { format: 'html', text: '网页' },
] as const

/** How a target falls due, as it is being chosen; kind '' leaves it to what the target suggests. */
export interface PathDraft {
  kind: string
  date: string
  months: string[]
}

/** What is typed about one indicator. */
export interface LineDraft {
  actual: string
  band: string
  share: string
  forecast: string
  likelihood: string
  causes: string[]
  cause: string
  remark: string
  path: PathDraft
}

export interface SheetDraft {
  lines: LineDraft[]
  goalResult: string
  forecasts: Record<string, string> // by line of money
}

export function draftOf(sheet: TrackedSheet): SheetDraft {
  return {
    lines: sheet.lines.map((line) => ({
      actual: line.actual,
      band: line.band,
      share: line.share === null ? '' : String(line.share),
      forecast: line.forecast,
      likelihood: line.likelihood,
      causes: [...line.causes],
      cause: line.cause,
      remark: line.remark,
      path: {
        kind: line.path.said ? line.path.kind : '',
        date: line.path.said ? line.path.date : '',
        months: line.path.said ? line.path.months.map(String) : [],
      },
    })),
    goalResult: sheet.goalResult,
    forecasts: Object.fromEntries(sheet.money.map((row) => [row.key, shownAmount(row.forecast)])),
  }
}

type Said = components['schemas']['saidIn']
type Faults = Record<string, string>

/** What is sent for a draft, and what in it can't be, by place; the latter is left out. */
export function bodyOf(
  draft: SheetDraft,
  sheet: TrackedSheet,
): { body: components['schemas']['sheetIn']; faults: Faults } {
  const faults: Faults = {}
  const said = sheet.lines.map((line, i) => saidOf(line, draft.lines[i], `lines[${i}]`, faults))
  const money = (key: string): string | null => {
    const text = draft.forecasts[key] ?? ''
    if (text.trim() === '') return null
    const fen = fenOf(text)
    if (fen === undefined) faults[`forecasts.${key}`] = '应为金额，如 12000 或 1.2万元'
    return fen === undefined ? null : yuanOf(fen)
  }
  const body = {
    said: said.filter((one) => one !== null),
    goalResult: draft.goalResult,
    forecastTotal: money('total'),
    forecastFiscal: money('fiscal'),
    forecastOther: money('other'),
  }
  return { body, faults }
}

function saidOf(line: SheetLine, typed: LineDraft | undefined, place: string, faults: Faults): Said | null {
  if (!typed) return null
  const { actual, band, forecast, likelihood, causes, cause, remark } = typed
  const { level1, level2, name } = line
  let share: number | null = null
  if (/^\d{1,3}$/.test(typed.share.trim()) && Number(typed.share) <= 100) share = Number(typed.share)
  else if (typed.share.trim() !== '') faults[`${place}.share`] = '应为 0 到 100 的整数'
  const path = pathOf(typed.path, place, faults)
  return { level1, level2, name, actual, band, share, forecast, likelihood, causes, cause, remark, path }
}

function pathOf(path: PathDraft, place: string, faults: Faults): Said['path'] {
  if (path.kind === '') return null
  const kind = path.kind as 'atOnce' | 'even' | 'seasonal' | 'byDate'
  if (kind === 'byDate' && path.date === '') faults[`${place}.path`] = '请选择完成日期'
  const months = kind === 'seasonal' ? path.months.map(Number) : []
  if (kind === 'seasonal' && !growing(months)) {
    faults[`${place}.path`] = '须填写 12 个月末累计进度，逐月不减，12 月末为 100'
  }
  if (faults[`${place}.path`]) return null
  return { kind, date: kind === 'byDate' ? path.date : null, months }
}

function growing(months: number[]): boolean {
  const upward = months.every((month, i) => Number.isInteger(month) && month >= (months[i - 1] ?? 0))
  return months.length === 12 && upward && months[11] === 100
}

/** How many lines from this one on share what `of` says of them; 0 where the one before has it too. */
export function spanOf(lines: readonly SheetLine[], i: number, of: (line: SheetLine) => string): number {
  const here = lines[i]
  const before = lines[i - 1]
  if (!here || (before && of(before) === of(here))) return 0
  let end = i + 1
  for (let next = lines[end]; next && of(next) === of(here); next = lines[end]) end++
  return end - i
}
