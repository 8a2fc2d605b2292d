import { computed, inject } from 'vue'
import type { ComputedRef, InjectionKey, ShallowRef } from 'vue'
import { useRoute } from 'vue-router'
import type { Unit } from './places'

/** Where somebody works: a unit's budget year in a region. It stands in every address of work. */
export interface Place {
  region: string
  unit: string // the unit's code
  year: number
}

/** The address of a view at a place, such as `tasks` or `filings/123`. */
export function addressAt(place: Place, view: string): string {
  return `/${place.region}/${encodeURIComponent(place.unit)}/${place.year}/${view}`
}

export interface Here {
  /** The place in the address; null on pages that have none. */
  place: ComputedRef<Place | null>
  /** The view in the address, as `addressAt` takes it. */
  view: ComputedRef<string>
}

/** The place and view of the present address. */
export function useHere(): Here {
  const route = useRoute()
  const place = computed(() => {
    const { region, unit, year } = route.params
    if (typeof region !== 'string' || typeof unit !== 'string' || typeof year !== 'string') return null
    return { region, unit, year: Number(year) }
  })
  const view = computed(() => (place.value ? route.path.split('/').slice(4).join('/') : ''))
  return { place, view }
}

/** The place of a view that stands below one. Throws where the route has none. */
export function usePlace(): ComputedRef<Place> {
  const { place } = useHere()
  let last = place.value
  return computed(() => {
    last = place.value ?? last // a view that is about to be left keeps its place
    if (!last) throw new Error('this view stands below no place')
    return last
  })
}

export const unitKey: InjectionKey<ShallowRef<Unit | null>> = Symbol('the unit of the place')

/** The unit of the place, for views below one. */
export function useUnit(): ComputedRef<Unit> {
  const unit = inject(unitKey)
  return computed(() => {
    if (!unit?.value) throw new Error('this view stands below no place')
    return unit.value
  })
}

/** The region of a path of units, which begins with it. */
export function regionOf(path: string): string {
  return path.split('/')[0] ?? ''
}
