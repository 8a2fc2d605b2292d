import { inject, provide } from 'vue'
import type { InjectionKey } from 'vue'
import type { Branch } from '@/domain/tree'
import type { Half, RowDraft } from '@/features/filing/draft'

/** A row of the form that wants an indicator of the library. */
export interface Asked {
  branch: Branch
  row: RowDraft
  half: Half | null // where the cursor was
  filled: () => void
}

type Ask = (asked: Asked) => void
const key: InjectionKey<Ask> = Symbol('library')

/** Lets the rows of a form open the library. */
export function provideLibrary(ask: Ask): void {
  provide(key, ask)
}

/** Opens the library for a row; undefined where the page has none. */
export function useLibrary(): Ask | undefined {
  return inject(key, undefined)
}
