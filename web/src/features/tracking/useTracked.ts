import { computed, ref, shallowRef, watch } from 'vue'
import { useAutosave } from '@/features/record/autosave'
import { placeOf } from '@/features/record/notes'
import { actOnSheet, bodyOf, draftOf, fetchSheet, saveSheet } from './sheet'
import type { SheetKey, SheetVerb, TrackedSheet } from './sheet'

/** A monitoring sheet or a self-evaluation on the page: as it is kept and computed, and as it is being typed. */
export function useTracked(first: TrackedSheet, key: SheetKey) {
  const sheet = shallowRef(first)
  const draft = ref(draftOf(first))
  const pressed = ref(false) // somebody tried to hand it in: what is owed stands at its cells
  const editable = computed(() => sheet.value.allowedActs.includes('save'))
  const faults = computed(() => bodyOf(draft.value, sheet.value).faults)
  const owed = computed(() => sheet.value.owed.map((one) => ({ ...one, place: placeOf(one.place) })))
  const notes = computed<Record<string, string>>(() => {
    const missing = pressed.value ? owed.value.map((one) => [one.place, afterName(one.message)]) : []
    return { ...Object.fromEntries(missing), ...faults.value }
  })

  const {
    shown: save,
    settled,
    changed,
    flush,
  } = useAutosave({
    content: () => JSON.stringify(bodyOf(draft.value, sheet.value).body),
    send: async () => {
      sheet.value = await saveSheet(key, sheet.value.version, bodyOf(draft.value, sheet.value).body)
    },
  })
  settled()
  watch(draft, () => editable.value && changed(), { deep: true })

  function take(next: TrackedSheet): void {
    sheet.value = next
    draft.value = draftOf(next)
    pressed.value = false
    settled()
  }

  async function reload(): Promise<void> {
    take(await fetchSheet(key))
  }

  async function act(verb: SheetVerb, body: { reason?: string; tooLow?: number[] }): Promise<void> {
    take(await actOnSheet(key, verb, sheet.value.version, { tooLow: [], ...body }))
  }

  return { key, sheet, draft, editable, faults, owed, notes, pressed, save, flush, reload, act }
}

export type Tracked = ReturnType<typeof useTracked>

/** What is owed without the name of the indicator, at whose cell it stands. */
function afterName(message: string): string {
  return message.replace(/^.*?：/, '')
}
