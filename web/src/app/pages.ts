import type { Place } from './place'

/**
 * The address of a page that the server renders for a place, such as `findings` or ''
 * for its budget tables; of the unit, or of the department over its units.
 */
export function pagesOf(place: Place, below = '', department = false): string {
  const path = `/units/${place.region}/${encodeURIComponent(place.unit)}/${place.year}`
  return `${path}${below && `/${below}`}${department ? '?scope=department' : ''}`
}
