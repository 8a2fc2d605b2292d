import { api, call } from '@/api/client'
import { failureOf } from '@/api/failure'
import type { components } from '@/api/schema'
import type { Unit } from '@/app/places'

export type RolledRow = components['schemas']['WholeEvalRow']
export type WholeEvaluation = components['schemas']['WholeEvaluation']

/** The whole-unit target of a unit's year, and whether a version of it is in force; null where nobody filed one. */
export async function findTarget(
  unit: string,
  year: number,
): Promise<{ id: string; approved: boolean } | null> {
  const query = { unit, year, page: 1, size: 1 }
  const { items } = await call(api.GET('/targets', { params: { query } }))
  const found = items[0]
  if (!found) return null
  if (found.state === 'approved') return { id: found.id, approved: true }
  const { inForce } = await call(api.GET('/targets/{id}', { params: { path: { id: found.id } } }))
  return { id: found.id, approved: inForce !== null }
}

/** What the projects at and below a unit come to; null where the person may not see all of them. */
export async function fetchRolled(unit: Unit, year: number): Promise<WholeEvaluation | null> {
  const path = { id: unit.id, year }
  try {
    return await call(api.GET('/units/{id}/whole-evaluation/{year}', { params: { path } }))
  } catch (thrown) {
    const failure = failureOf(thrown)
    if (failure.status === 403) return null
    throw failure
  }
}
