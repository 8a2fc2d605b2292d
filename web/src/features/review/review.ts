import { api, call } from '@/api/client'
import type { components } from '@/api/schema'
import { fetchHistory } from '@/features/record/paths'
import type { RecordPath } from '@/features/record/paths'
import type { RecordOf } from '@/features/record/useRecord'

type Schemas = components['schemas']
/** A record before its reviewer, whatever it holds. */
export type Reviewed = RecordOf<unknown>
export type Difference = Schemas['Difference']
export type ReviewTemplate = Schemas['ReviewTemplate']
export type Grade = Schemas['Grade']
export type Effect = Schemas['Effect']
export type History = Schemas['RecordHistory']

/** What a reviewer needs beside the sheet. */
export interface ReviewSource {
  /** What changed since they last acted on the record, or since the version in force. */
  since: { number: number; differences: Difference[] } | null
  template: ReviewTemplate | null
  effect: Effect
}

export async function fetchReview(
  kind: RecordPath,
  record: Reviewed,
  region: string,
  login: string,
): Promise<ReviewSource> {
  const path = { id: record.id }
  const [history, effect, template] = await Promise.all([
    fetchHistory(kind, record.id),
    call(api.GET(`${kind}/effect`, { params: { path } })),
    mayGrade(record) ? fetchTemplate(region, record.year) : null,
  ])
  const from = seenBefore(record, history, login)
  if (from === null) return { since: null, template, effect }
  const query = { from, to: record.version.number }
  const { differences } = await call(api.GET(`${kind}/differences`, { params: { path, query } }))
  return { since: { number: from, differences }, template, effect }
}

export function mayGrade(record: Reviewed): boolean {
  return record.step !== null && (record.steps[record.step]?.mayGrade ?? false)
}

function fetchTemplate(region: string, year: number): Promise<ReviewTemplate> {
  return call(api.GET('/review-template', { params: { query: { region, year } } }))
}

/** The version that the person last acted on, else the one in force; null where this one is the first. */
function seenBefore(record: Reviewed, history: History, login: string): number | null {
  const mine = history.events.filter(
    (event) =>
      event.actor === login && !event.refused && event.number > 0 && event.number < record.version.number,
  )
  return mine[mine.length - 1]?.number ?? record.inForce?.number ?? null
}
