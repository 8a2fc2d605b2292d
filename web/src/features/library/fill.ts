import type { Half, RowDraft } from '@/features/filing/draft'
import type { Entry } from './entry'

/** What somebody takes over from an entry into a row of their form. */
export interface Choice {
  halves: readonly Half[]
  value: string // '' where they give their own
  notes: boolean
}

const notes = ['explanation', 'basis', 'source', 'evidence', 'scoring'] as const

/** The halves that an entry is meant for at first: the one that was asked from, and those without a name. */
export function halvesFor(row: RowDraft, from: Half | null): Half[] {
  const all: Half[] = ['longTerm', 'annual']
  const meant = all.filter((half) => half === from || row[half].name.trim() === '')
  return meant.length > 0 ? meant : all
}

/** Puts an entry into a row. The name is the entry's; of all else only what is still blank is filled. */
export function fillRow(row: RowDraft, entry: Entry, { halves, value, notes: noted }: Choice): void {
  for (const half of halves) {
    const target = row[half]
    target.name = entry.name
    if (target.value.trim() === '') target.value = value
    if (!noted) continue
    for (const key of notes) if (target[key].trim() === '') target[key] = entry[key]
  }
}
