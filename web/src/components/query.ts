import { computed } from 'vue'
import type { ComputedRef, WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface Query {
  /** A filter that lives in the address; setting it goes back to the first page. */
  text: (name: string) => WritableComputedRef<string>
  /** The page, from 1. */
  page: ComputedRef<number>
  /** The address of this view with some values changed; '' removes one. */
  address: (changes: Record<string, string>) => string
}

/** Filters, order and page of a list, which stand in the address so that it can be sent to a colleague. */
export function useQuery(): Query {
  const route = useRoute()
  const router = useRouter()

  function get(name: string): string {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }

  function changed(changes: Record<string, string>): Record<string, string> {
    const kept = Object.fromEntries(Object.keys(route.query).map((name) => [name, get(name)]))
    return Object.fromEntries(Object.entries({ ...kept, ...changes }).filter(([, value]) => value !== ''))
  }

  return {
    text: (name) =>
      computed({
        get: () => get(name),
        set: (value) =>
          void router.replace({ path: route.path, query: changed({ [name]: value, page: '' }) }),
      }),
    page: computed(() => Math.max(1, Math.trunc(Number(get('page'))) || 1)),
    address: (changes) => router.resolve({ path: route.path, query: changed(changes) }).fullPath,
  }
}
