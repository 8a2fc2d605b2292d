import { onBeforeUnmount, onMounted, reactive } from 'vue'
import { failureOf } from '@/api/failure'
import type { Failure } from '@/api/failure'

export type SaveState = 'saved' | 'typed' | 'saving' | 'unreachable' | 'refused' | 'conflict'

export interface Autosave {
  readonly state: SaveState
  /** When the server last kept what is on the page; null before the first time. */
  readonly savedAt: Date | null
  /** Why the last attempt did not succeed. */
  readonly failure: Failure | null
}

interface Saving {
  /** What is on the page now, as one text that changes exactly when it does. */
  content: () => string
  /** Keeps the content; throws a Failure. */
  send: () => Promise<void>
}

const pause = 1200 // between the last key and the save, in milliseconds
const firstRetry = 3000
const lastRetry = 30_000

/**
 * Saves what is on the page a moment after the last change. What is typed while a
 * save is under way goes with the next one; where the server can't be reached, it
 * tries again by itself. Leaving the page with something unsaved asks first.
 */
export function useAutosave({ content, send }: Saving) {
  const shown = reactive<{ state: SaveState; savedAt: Date | null; failure: Failure | null }>({
    state: 'saved',
    savedAt: null,
    failure: null,
  })
  let kept = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let wait = firstRetry

  /** The page shows just what the server keeps. */
  function settled(): void {
    kept = content()
    shown.state = 'saved'
    shown.failure = null
  }

  function changed(): void {
    if (shown.state === 'conflict') return
    if (shown.state !== 'saving') shown.state = 'typed'
    later(pause)
  }

  function later(milliseconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), milliseconds)
  }

  /** Saves now what is unsaved; resolves to whether all of it is kept. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    await running
    while (shown.state !== 'conflict' && content() !== kept) {
      running = save()
      await running
      running = null
      if (shown.failure) return false
    }
    if (shown.state === 'typed') shown.state = 'saved' // typed, and taken back
    return shown.state === 'saved'
  }

  async function save(): Promise<void> {
    const sent = content()
    shown.state = 'saving'
    try {
      await send()
      kept = sent
      shown.savedAt = new Date()
      shown.failure = null
      shown.state = content() === sent ? 'saved' : 'typed'
      wait = firstRetry
    } catch (thrown) {
      fail(failureOf(thrown))
    }
  }

  function fail(failure: Failure): void {
    shown.failure = failure
    if (failure.changed) {
      shown.state = 'conflict'
    } else if (failure.status === 0 || failure.status >= 500) {
      shown.state = 'unreachable'
      later(wait)
      wait = Math.min(wait * 2, lastRetry)
    } else {
      shown.state = 'refused'
    }
  }

  function guard(event: BeforeUnloadEvent): void {
    if (shown.state !== 'saved') event.preventDefault()
  }
  const online = () => void flush()
  onMounted(() => {
    addEventListener('beforeunload', guard)
    addEventListener('online', online)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    removeEventListener('beforeunload', guard)
    removeEventListener('online', online)
  })
  return { shown: shown as Autosave, settled, changed, flush }
}
