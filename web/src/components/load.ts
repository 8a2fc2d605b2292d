import { ref, shallowRef, toValue, watch } from 'vue'
import type { Ref, ShallowRef, WatchSource } from 'vue'
import { failureOf } from '@/api/failure'
import type { Failure } from '@/api/failure'

export interface Load<T> {
  /** What came last; stays while the next is on its way, so that the page keeps its shape. */
  data: ShallowRef<T | null>
  failure: ShallowRef<Failure | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Something that the page shows, fetched now and whenever the values of `when`
 * change. An answer that a later question has overtaken is dropped.
 */
export function useLoad<T>(fetch: () => Promise<T>, when?: WatchSource | WatchSource[]): Load<T> {
  const data = shallowRef<T | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const loading = ref(true)
  let turn = 0
  async function reload(): Promise<void> {
    const mine = ++turn
    loading.value = true
    try {
      const got = await fetch()
      if (mine !== turn) return
      data.value = got
      failure.value = null
    } catch (thrown) {
      if (mine === turn) failure.value = failureOf(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  // By value: what is computed from the address is a new object with each change of it.
  if (when) watch(() => JSON.stringify([when].flat().map((source) => toValue(source))), reload)
  void reload()
  return { data, failure, loading, reload }
}
