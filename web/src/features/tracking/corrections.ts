import { api, call, tagOf } from '@/api/client'
import type { components } from '@/api/schema'

export type Correction = components['schemas']['correctionOut']

export async function fetchOf(record: string): Promise<Correction[]> {
  const { items } = await call(api.GET('/filings/{id}/corrections', { params: { path: { id: record } } }))
  return items
}

export function order(record: string, body: components['schemas']['correctionIn']): Promise<Correction> {
  return call(api.POST('/filings/{id}/corrections', { params: { path: { id: record } }, body }))
}

export function reply(
  { id, version }: Correction,
  body: components['schemas']['replyIn'],
): Promise<Correction> {
  const params = { path: { id }, header: { 'If-Match': tagOf(version) } }
  return call(api.POST('/corrections/{id}/replied', { params, body }))
}

export function recheck(
  { id, version }: Correction,
  body: components['schemas']['recheckIn'],
): Promise<Correction> {
  const params = { path: { id }, header: { 'If-Match': tagOf(version) } }
  return call(api.POST('/corrections/{id}/rechecked', { params, body }))
}
