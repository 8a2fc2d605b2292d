import { computed, reactive, ref, shallowRef, toRaw, watch } from 'vue'
import type { Ref } from 'vue'
import type { components } from '@/api/schema'
import { useAutosave } from './autosave'
import { choose, merge } from './merge'
import type { Clash, Layout } from './merge'

type Schemas = components['schemas']
type Finding = Schemas['Finding']
type Changed = Schemas['Changed']

/** A record as the interface gives it, whatever it holds. */
export type RecordOf<Content> = Omit<Schemas['FilingRecord'], 'content' | 'edit'> & { content: Content }

/** What is on the page as it is sent, and by place what of it can't be read. */
export interface Sendable<Content> {
  content: Content
  faults: Record<string, string>
}

/** What the page has to know of a kind of record. */
export interface RecordKind<Content, Draft extends object> {
  layout: Layout
  get: (id: string) => Promise<RecordOf<Content>>
  /** Keeps a content over the version that was read. */
  put: (
    record: { id: string; lock: number },
    body: { content: Content; answers: Schemas['Explanation'][] },
  ) => Promise<Pick<RecordOf<Content>, 'lock' | 'state' | 'findings'>>
  draftOf: (content: Content) => Draft
  /** Reads what is on the page, with each key anew: long lists are to `remember` their rows. */
  contentOf: (draft: Draft, from: Content) => Sendable<Content>
}

/** What another person did while this one typed, and where both wrote. */
export interface Conflict<Content, Draft> {
  changed: Changed
  mine: Draft
  record: RecordOf<Content>
  merged: Draft
  clashes: Clash[]
}

/** A record on the page: as it is kept, and as it is being typed. */
export function useRecord<Content, Draft extends object>(
  kind: RecordKind<Content, Draft>,
  first: RecordOf<Content>,
) {
  const record = shallowRef(first)
  const draft = ref(kind.draftOf(first.content)) as Ref<Draft>
  const findings = shallowRef<readonly Finding[]>(first.findings)
  const conflict = shallowRef<Conflict<Content, Draft> | null>(null)
  const answers = reactive(new Map<string, string>()) // to warnings, not yet sent
  const editable = computed(() => record.value.allowed.includes('save'))
  let from = first.content // not reactive: what is read anew is what was typed, not what was saved
  const read = computed(() => kind.contentOf(draft.value, from))
  const faults = computed<Record<string, string>>((before) => {
    const { faults: now } = read.value
    return before && JSON.stringify(before) === JSON.stringify(now) ? before : now // or every key redraws the sheet
  })
  let base = copy(draft.value)

  const page = () => JSON.stringify([kind.contentOf(draft.value, from).content, [...answers]])
  const { shown: save, settled, changed, flush } = useAutosave({ content: page, send })
  settled()
  watch(read, changed)
  watch(answers, changed)

  async function send(): Promise<void> {
    const sent = copy(draft.value)
    const { content } = kind.contentOf(draft.value, from)
    const explained = [...answers].map(([key, answer]) => ({ key, answer }))
    try {
      const kept = await kind.put(record.value, { content, answers: explained })
      base = sent
      from = content
      record.value = { ...record.value, content, lock: kept.lock, state: kept.state }
      findings.value = kept.findings
    } catch (thrown) {
      await meet(thrown)
      throw thrown
    }
  }

  /** Prepares the choice where somebody else saved in between. */
  async function meet(thrown: unknown): Promise<void> {
    const happened = changedIn(thrown)
    if (!happened) return
    const theirs = await kind.get(record.value.id)
    const mine = copy(draft.value)
    const met = merge(kind.layout, base, mine, kind.draftOf(theirs.content))
    conflict.value = { changed: happened, mine, record: theirs, merged: met.draft, clashes: met.clashes }
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
  function take(next: RecordOf<Content>): void {
    record.value = next
    from = next.content
    draft.value = kind.draftOf(next.content)
    findings.value = next.findings
    base = copy(draft.value)
    answers.clear()
    settled()
  }

  async function reload(): Promise<void> {
    take(await kind.get(record.value.id))
  }

  return { record, draft, findings, faults, answers, editable, save, flush, conflict, resolve, reload }
}

function copy<Draft extends object>(draft: Draft): Draft {
  return JSON.parse(JSON.stringify(toRaw(draft))) as Draft
}

function changedIn(thrown: unknown): Changed | null {
  return typeof thrown === 'object' && thrown !== null && 'changed' in thrown
    ? (thrown.changed as Changed | null)
    : null
}
