import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { api, call, tagOf } from '@/api/client'
import { useAutosave } from '@/features/record/autosave'
import type { components } from '@/api/schema'
import { contentOf, draftOf } from './draft'
import type { SheetRecord } from './draft'
import type { SheetSource } from './source'

/** A basic sheet on the page: as it is kept, and as it is being typed. */
export function useSheet({ first, names }: SheetSource) {
  const record = shallowRef<SheetRecord>(first)
  const draft = ref(draftOf(first.content))
  const findings = shallowRef<readonly components['schemas']['Finding'][]>(first.findings)
  const answers = reactive(new Map<string, string>())
  const editable = computed(() => record.value.allowed.includes('save'))
  const sendable = () => contentOf(draft.value, record.value.content, record.value.year, names)
  const faults = computed(() => sendable().faults)

  const {
    shown: save,
    settled,
    changed,
    flush,
  } = useAutosave({
    content: () => JSON.stringify([sendable().content, [...answers]]),
    send,
  })
  settled()
  watch([draft, answers], changed, { deep: true })

  async function send(): Promise<void> {
    const { id, lock } = record.value
    const { content } = sendable()
    const body = { content, answers: [...answers].map(([key, answer]) => ({ key, answer })) }
    const params = { path: { id }, header: { 'If-Match': tagOf(lock) } }
    const answer = await call(api.PUT('/sheets/{id}', { params, body }))
    record.value = { ...record.value, lock: answer.lock, state: answer.state }
    findings.value = answer.findings
  }

  async function reload(): Promise<void> {
    const { id } = record.value
    record.value = await call(api.GET('/sheets/{id}', { params: { path: { id } } }))
    draft.value = draftOf(record.value.content)
    findings.value = record.value.findings
    answers.clear()
    settled()
  }

  /** Keeps what this person typed over what another one saved meanwhile. */
  async function insist(): Promise<void> {
    const { id } = record.value
    const { lock, allowed } = await call(api.GET('/sheets/{id}', { params: { path: { id } } }))
    record.value = { ...record.value, lock, allowed }
    settled()
    await send()
  }

  return { record, draft, findings, faults, answers, editable, save, flush, reload, insist }
}
