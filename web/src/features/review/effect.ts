import type { Effect } from './review'

type Place = Effect['document'][number]

const words: Readonly<Record<string, string>> = { sentence: '文字', chart: '图', form: '附表' }

/** What of a document would change, by kind, in the document's order. */
export function placeKinds(document: readonly Place[]): { kind: string; word: string; list: Place[] }[] {
  return Object.entries(words)
    .map(([kind, word]) => ({ kind, word, list: document.filter((one) => one.kind === kind) }))
    .filter(({ list }) => list.length > 0)
}
