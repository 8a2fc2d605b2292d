import type { RouteLocationRaw, Router } from 'vue-router'
import type { components } from '@/api/schema'
import { addressAt, regionOf } from '@/app/place'

export type RecordItem = components['schemas']['RecordItem']
export type Task = components['schemas']['Task']
export type Action = components['schemas']['Action']

/** The address where a record is opened; null where the application has no view for it. */
export function addressOf(record: RecordItem, router: Router): RouteLocationRaw | null {
  const place = { region: regionOf(record.unit.path), unit: record.unit.code, year: record.year }
  const path = addressAt(place, `${record.kind}s/${record.id}`)
  return router.resolve(path).name === 'missing' ? null : path
}

/** The deeds that are done to several records at once. */
export type BatchAction = Exclude<Action, 'save' | 'consent' | 'decline' | 'editAgreed' | 'approve'>

const batchActions: readonly BatchAction[] = [
  'submit',
  'pass',
  'return',
  'recall',
  'block',
  'reopen',
  'adjust',
  'withdraw',
]

/** The deeds that the server lets the person do to every one of these records, which are of one kind. */
export function sharedActions(records: readonly RecordItem[]): BatchAction[] {
  const [first] = records
  if (!first || records.some((record) => record.kind !== first.kind)) return []
  return batchActions.filter((action) => records.every((record) => record.allowed.includes(action)))
}
