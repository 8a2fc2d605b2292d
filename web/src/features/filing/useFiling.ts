import { computed, reactive, ref, shallowRef, toRaw, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { api, call, tagOf } from '@/api/client'
import { useAutosave } from '@/features/record/autosave'
import { contentOf, draftOf, sentRow } from './draft'
import type { FormDraft, RowDraft } from './draft'
import { choose, merge } from './merge'
import type { Clash } from './merge'
import type { Changed, Filing, FilingRecord, Finding, FormIndicator } from './types'

/** What another person did while this one typed, and where both wrote. */
export interface Conflict {
  changed: Changed
  mine: FormDraft
  record: FilingRecord
  merged: FormDraft
  clashes: Clash[]
}

/** A filing on the page: as it is kept, and as it is being typed. */
export function useFiling(first: FilingRecord) {
  const record = shallowRef(first)
  const draft = ref(draftOf(first.content))
  const findings = shallowRef<readonly Finding[]>(first.findings)
  const conflict = shallowRef<Conflict | null>(null)
  let from = first.content // not reactive: what is read anew is what was typed, not what was saved
  const sent = rememberRows()
  const read = computed(() => contentOf(draft.value, from, sent))
  const faults = computed<Record<string, string>>((before) => {
    const { faults: now } = read.value
    return before && JSON.stringify(before) === JSON.stringify(now) ? before : now // or every key redraws the sheet
  })
  const answers = reactive(new Map<string, string>()) // to warnings, not yet sent
  const editable = computed(() => record.value.allowed.includes('save'))
  let base = copy(draft.value)

  const { shown: save, settled, changed, flush } = useAutosave({ content: page, send })
  settled()
  watch(read, changed)
  watch(answers, changed)

  function page(): string {
    const { content } = contentOf(draft.value, from, sent)
    return JSON.stringify([content, [...answers]])
  }

  async function send(): Promise<void> {
    const mine = copy(draft.value)
    const { content } = contentOf(mine, from)
    const explained = [...answers].map(([key, answer]) => ({ key, answer }))
    try {
      await put(content, explained, mine)
    } catch (thrown) {
      await meet(thrown)
      throw thrown
    }
  }

  async function put(
    content: Filing,
    explained: { key: string; answer: string }[],
    mine: FormDraft,
  ): Promise<void> {
    const { id, lock } = record.value
    const answer = await call(
      api.PUT('/filings/{id}', {
        params: { path: { id }, header: { 'If-Match': tagOf(lock) } },
        body: { content, answers: explained },
      }),
    )
    base = mine
    from = content
    record.value = { ...record.value, content, lock: answer.lock, state: answer.state }
    findings.value = answer.findings
  }

  /** Prepares the choice where somebody else saved in between. */
  async function meet(thrown: unknown): Promise<void> {
    const happened = changedIn(thrown)
    if (!happened) return
    const { id } = record.value
    const theirs = await call(api.GET('/filings/{id}', { params: { path: { id } } }))
    const mine = copy(draft.value)
    const { draft: merged, clashes } = merge(base, mine, draftOf(theirs.content))
    conflict.value = { changed: happened, mine, record: theirs, merged, clashes }
  }

  /** Goes on with what both wrote; at the clashes given, with what this person wrote. */
  async function resolve(mineAt: readonly Clash[]): Promise<void> {
    const met = conflict.value
    if (!met) return
    for (const clash of mineAt) choose(met.merged, met.mine, clash)
    take(met.record)
    draft.value = met.merged
    conflict.value = null
    if (editable.value) await flush()
  }

  /** Shows a record as the server has it, instead of what is on the page. */
  function take(next: FilingRecord): void {
    record.value = next
    from = next.content
    draft.value = draftOf(next.content)
    findings.value = next.findings
    base = copy(draft.value)
    answers.clear()
    settled()
  }

  async function reload(): Promise<void> {
    take(await call(api.GET('/filings/{id}', { params: { path: { id: record.value.id } } })))
  }

  return { record, draft, findings, faults, answers, editable, save, flush, conflict, resolve, reload }
}

export type FilingOnPage = ReturnType<typeof useFiling>

/** Rows as they are sent, each worked out anew only when something in it was typed. */
function rememberRows(): (row: RowDraft) => FormIndicator {
  const known = new WeakMap<RowDraft, ComputedRef<FormIndicator>>()
  return (row) => {
    const sent = known.get(row) ?? computed(() => sentRow(row))
    known.set(row, sent)
    return sent.value
  }
}

function copy(draft: FormDraft): FormDraft {
  return JSON.parse(JSON.stringify(toRaw(draft))) as FormDraft
}

function changedIn(thrown: unknown): Changed | null {
  return typeof thrown === 'object' && thrown !== null && 'changed' in thrown
    ? (thrown.changed as Changed | null)
    : null
}
