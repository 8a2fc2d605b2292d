import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

export type Unit = components['schemas']['Unit']

/** Units by name or code, as many as a dialog can show: of the whole installation, or at and below a path. */
export async function findUnits(text: string, under?: string): Promise<Unit[]> {
  const query = { page: 1, size: 200, text: text || undefined, under }
  return (await call(api.GET('/units', { params: { query } }))).items
}
