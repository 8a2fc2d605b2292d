import { shallowReactive } from 'vue'

export interface Toast {
  id: number
  text: string
}

const shown = shallowReactive<Toast[]>([])
let last = 0

/** What is on show now. */
export const toasts: readonly Toast[] = shown

const seconds = 6

/**
 * Says that a deed is done, in a line that goes by itself. Failures don't: they stand
 * where they arose until they are mended.
 */
export function toast(text: string): void {
  const id = ++last
  shown.push({ id, text })
  setTimeout(() => dismiss(id), seconds * 1000)
}

export function dismiss(id: number): void {
  const at = shown.findIndex((one) => one.id === id)
  if (at >= 0) shown.splice(at, 1)
}
