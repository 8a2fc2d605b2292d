import type { Place } from './place'

const key = 'biaochi.place'

/** The place last worked at in this browser; null on a first visit. */
export function rememberedPlace(): Place | null {
  try {
    const place: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isPlace(place) ? place : null
  } catch {
    return null // what stands there is not ours
  }
}

export function rememberPlace(place: Place): void {
  localStorage.setItem(key, JSON.stringify(place))
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false
  const { region, unit, year } = value as Record<string, unknown>
  return typeof region === 'string' && typeof unit === 'string' && typeof year === 'number'
}
