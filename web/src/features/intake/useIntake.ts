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
  const sheets = shallowRef<string[]>([]) // of the file, as last read
  const reading = shallowRef<Reading | null>(null)
  const choices = shallowRef<Choices>({})
  const amountUnit = ref('yuan')
  const preview = shallowRef<Preview | null>(null)
  const done = shallowRef<components['schemas']['Imported'] | null>(null)
  const busy = computed(() => read.busy.value || looked.busy.value || kept.busy.value)
  const missing = computed(() => (reading.value ? missingIn(choices.value, reading.value.fields) : []))
  watch([choices, amountUnit, reading], () => (preview.value = null))

  function body() {
    if (!file.value) throw new Error('no table is chosen')
    return fileBody(file.value, tableType(file.value.name))
  }

  const place = () => ({ unit: target().unit, year: target().year })

  function plan() {
    const { sheet = '', head = 0 } = reading.value ?? {}
    const unit = amountUnitValues.find((one) => one === amountUnit.value) ?? 'yuan'
    return { ...place(), sheet, head, amountUnit: unit, column: columnsOf(choices.value) }
  }

  const looked = useSubmit(async () => {
    const query = plan()
    const request = { params: { query }, ...body() }
    const seen = await call(api.POST(`/${target().kind}s/import/preview`, request))
    if (JSON.stringify(query) === JSON.stringify(plan())) preview.value = seen // or it was corrected meanwhile
  })

  const kept = useSubmit(async () => {
    const request = { params: { query: plan() }, ...body() }
    done.value = await call(api.POST(`/${target().kind}s/import`, request))
  })

  let asked: { sheet?: string; head?: number } = {}
  const read = useSubmit(async () => {
    reading.value = null
    const request = { params: { query: { ...place(), ...asked } }, ...body() }
    const found = await call(api.POST(`/${target().kind}s/import/read`, request))
    sheets.value = found.sheets
    reading.value = found
    choices.value = proposedBy(found)
    amountUnit.value = found.amountUnit
  })

  /** Reads the table, from another sheet or with another head than found where they are given. */
  async function reread(sheet = '', head = 0): Promise<void> {
    asked = { ...(sheet && { sheet }), ...(head && { head }) }
    looked.failure.value = null
    kept.failure.value = null
    await read.submit()
  }

  async function begin(chosen: File): Promise<void> {
    file.value = chosen
    sheets.value = []
    done.value = null
    await reread()
  }

  const correct = (column: number, field: string) => (choices.value = choose(choices.value, column, field))
  return {
    file,
    sheets,
    busy,
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
