import { onErrorCaptured, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import { failureOf } from '@/api/failure'
import type { Failure } from '@/api/failure'

/** A fault of a page below that nobody else has caught; shown in its place, so that the frame stands. */
export function usePageFault(): { fault: ShallowRef<Failure | null>; clear: () => void } {
  const fault = shallowRef<Failure | null>(null)
  onErrorCaptured((thrown) => {
    reportError(thrown)
    fault.value = failureOf(thrown)
    return false
  })
  return { fault, clear: () => (fault.value = null) }
}
