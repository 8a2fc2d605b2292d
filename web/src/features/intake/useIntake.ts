import { computed, ref, shallowRef, watch } from 'vue'
import { api, call } from '@/api/client'
import { fileBody, tableType } from '@/api/file'
import { amountUnitValues } from '@/api/schema'
import type { components } from '@/api/schema'
import { useSubmit } from '@/components/submit'
import { choose, columnsOf, missingIn, proposedBy } from './plan'
import type { Choices, Preview, Reading } from './plan'

/** Where a table goes: the filings or the basic sheet of a unit's year. */
export interface Target {
  kind: 'filing' | 'sheet'
  unit: string
  year: number
}

/** A table on its way in: read, its columns corrected, each row looked at, kept as drafts. */
export function useIntake(target: () => Target) {
  const file = shallowRef<File | null>(null)
  const reading = shallowRef<Reading | null>(null)
  const choices = shallowRef<Choices>({})
  const amountUnit = ref('yuan')
  const preview = shallowRef<Preview | null>(null)
  const done = shallowRef<components['schemas']['Imported'] | null>(null)
  const missing = computed(() => (reading.value ? missingIn(choices.value, reading.value.fields) : []))
  watch([choices, amountUnit, reading], () => (preview.value = null))

  function body() {
    if (!file.value) throw new Error('no table is chosen')
    return fileBody(file.value, tableType(file.value.name))
  }

  const place = () => ({ unit: target().unit, year: target().year })

  /** Reads the table, or reads it again from another sheet or with another head. */
  async function readTable(sheet?: string, head?: number): Promise<void> {
    const query = { ...place(), ...(sheet && { sheet }), ...(head && { head }) }
    const request = { params: { query }, ...body() }
    const found = await call(api.POST(`/${target().kind}s/import/read`, request))
    reading.value = found
    choices.value = proposedBy(found)
    amountUnit.value = found.amountUnit
  }

  function plan() {
    const { sheet, head } = reading.value as Reading
    const unit = amountUnitValues.find((one) => one === amountUnit.value) ?? 'yuan'
    return { ...place(), sheet, head, amountUnit: unit, column: columnsOf(choices.value) }
  }

  const looked = useSubmit(async () => {
    const request = { params: { query: plan() }, ...body() }
    preview.value = await call(api.POST(`/${target().kind}s/import/preview`, request))
  })
  const kept = useSubmit(async () => {
    const request = { params: { query: plan() }, ...body() }
    done.value = await call(api.POST(`/${target().kind}s/import`, request))
  })
  const wanted = shallowRef<{ sheet?: string; head?: number }>({})
  const read = useSubmit(() => readTable(wanted.value.sheet, wanted.value.head))

  /** Reads as told; a failure of a later step no longer counts. */
  async function reread(sheet?: string, head?: number): Promise<void> {
    wanted.value = { ...(sheet && { sheet }), ...(head && { head }) }
    looked.failure.value = null
    kept.failure.value = null
    await read.submit()
  }

  async function begin(chosen: File): Promise<void> {
    file.value = chosen
    reading.value = null
    done.value = null
    await reread()
  }

  const correct = (column: number, field: string) => (choices.value = choose(choices.value, column, field))
  return {
    file,
    reading,
    choices,
    amountUnit,
    preview,
    done,
    missing,
    read,
    looked,
    kept,
    begin,
    reread,
    correct,
  }
}
