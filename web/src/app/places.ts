import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, call } from '@/api/client'
import { Failure } from '@/api/failure'
import type { components } from '@/api/schema'
import type { Place } from './place'
import { rememberPlace, rememberedPlace } from './remembered'
import { useSession } from './session'

export type Unit = components['schemas']['Unit']

/** The most units that are fetched at once; beyond it people search. */
const most = 200

/** Units with records that the person may read, by name or code, at most as many as a list can show. */
async function find(text: string): Promise<Unit[]> {
  const query = { page: 1, size: most, action: 'filing.read' as const, text: text || undefined }
  return (await call(api.GET('/units', { params: { query } }))).items
}

/** The units and years among which the person can switch. */
export const usePlaces = defineStore('places', () => {
  const units = shallowRef<Unit[]>([])
  const years = shallowRef<components['schemas']['Year'][]>([])
  let asked: Promise<void> | null = null

  /** Fetches both, once a session. */
  function ensure(): Promise<void> {
    asked ??= load().catch((thrown: unknown) => {
      asked = null
      throw thrown
    })
    return asked
  }

  /** Fetches both anew, as after a year was opened. */
  function refresh(): Promise<void> {
    asked = null
    return ensure()
  }

  async function load(): Promise<void> {
    const session = useSession()
    await Promise.all([
      session.may('filing.read') && find('').then((found) => (units.value = found)),
      session.may('year.read') && call(api.GET('/years')).then((all) => (years.value = all.years)),
    ])
  }

  /** The unit of a place. Throws a Failure where there is none that the person may see. */
  async function unitAt(place: Place): Promise<Unit> {
    await ensure()
    const is = (one: Unit): boolean => one.region === place.region && one.code === place.unit
    const unit = units.value.find(is) ?? (await find(place.unit)).find(is)
    if (unit) return unit
    throw new Failure({
      status: 404,
      reason: 'place.notFound',
      detail: `没有代码为 ${place.unit} 的单位，或您无权查看。请核对地址，或从首页重新选择单位。`,
    })
  }

  function yearsOf(region: string): number[] {
    return years.value.filter((one) => one.region === region).map((one) => one.year)
  }

  const last = shallowRef(rememberedPlace())

  function remember(place: Place): void {
    last.value = place
    rememberPlace(place)
  }

  /** A unit where the person holds a role, in its newest year. */
  const first = computed<Place | null>(() => {
    const own = useSession().current?.roles.map((role) => role.unitCode) ?? []
    const open = units.value.filter((one) => yearsOf(one.region).length > 0)
    const unit = open.find((one) => own.includes(one.code)) ?? open[0]
    return unit ? { region: unit.region, unit: unit.code, year: Math.max(...yearsOf(unit.region)) } : null
  })

  /** Where work goes on for somebody whose address says no place: where it last was, if that is theirs. */
  const home = computed<Place | null>(() => {
    const known = last.value
    const mine = units.value.some((one) => one.region === known?.region && one.code === known.unit)
    return mine ? known : first.value
  })

  return { units, years, ensure, refresh, find, unitAt, yearsOf, remember, home }
})
