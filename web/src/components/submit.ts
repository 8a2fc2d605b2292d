import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { failureOf } from '@/api/failure'
import type { Failure } from '@/api/failure'

interface Submit {
  busy: Ref<boolean>
  /** Why the last attempt did not succeed; null where it did, or none was made. */
  failure: ShallowRef<Failure | null>
  /** Runs the deed; a second press while it runs does nothing. Resolves to whether it succeeded. */
  submit: () => Promise<boolean>
}

/** A deed behind a button, with its waiting and its failure. */
export function useSubmit(deed: () => Promise<void>): Submit {
  const busy = ref(false)
  const failure = shallowRef<Failure | null>(null)
  async function submit(): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = null
    try {
      await deed()
      return true
    } catch (thrown) {
      failure.value = failureOf(thrown)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, submit }
}
