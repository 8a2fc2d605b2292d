import { onBeforeUnmount, onMounted, ref } from 'vue'
import type { Ref } from 'vue'

/** Where the browser can't tell, all is near and stands at once. */
const canTell = (): boolean => 'IntersectionObserver' in window

/** What waits for an element to come near the window. */
const waiting = new Map<Element, () => void>()
let observer: IntersectionObserver | undefined

function arrive(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) if (isIntersecting) waiting.get(target)?.()
}

/** Calls once an element is within a window's height of what is seen, and gives how to stop waiting. */
export function whenNear(element: Element, come: () => void): () => void {
  if (!canTell()) {
    come()
    return () => undefined
  }
  observer ??= new IntersectionObserver(arrive, { rootMargin: '100% 0px' })
  waiting.set(element, come)
  observer.observe(element)
  return () => {
    waiting.delete(element)
    observer?.unobserve(element)
  }
}

/** How many rows of a long table stand: as many as a window shows when it opens, then more after each
 * picture, until all do. */
export function useGrowing(first: number, all: () => number): Ref<number> {
  const standing = ref(canTell() ? first : Infinity)
  let timer: ReturnType<typeof setTimeout> | undefined
  const grow = (): void => {
    if (standing.value >= all())
      standing.value = Infinity // and so does what is added later
    else timer = setTimeout(more, 20)
  }
  const more = (): void => {
    standing.value += 40
    grow()
  }
  onMounted(grow)
  onBeforeUnmount(() => clearTimeout(timer))
  return standing
}
