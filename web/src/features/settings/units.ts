import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

export type Unit = components['schemas']['Unit']

/** All units of the installation by name or code, as many as a dialog can show. */
export async function findUnits(text: string): Promise<Unit[]> {
  const query = { page: 1, size: 200, text: text || undefined }
  return (await call(api.GET('/units', { params: { query } }))).items
}
