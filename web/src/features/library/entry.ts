import type { components } from '@/api/schema'

/** An indicator of the library (指标库). */
export type Entry = components['schemas']['libraryOut']

/** How a value compares, as the entry's direction reads. */
export const operatorWords: Readonly<Record<string, string>> = {
  '>=': '不低于（≥）',
  '<=': '不高于（≤）',
  '=': '等于（＝）',
  '>': '高于（＞）',
  '<': '低于（＜）',
  range: '区间',
  '': '定性',
}

/** A value to choose, with the number of approved filings that gave it; 0 where the bureau keeps it. */
export interface UsualValue {
  value: string
  uses: number
}

/** All values that an entry offers, each once: those that the bureau keeps, then those of approved filings. */
export function valuesOf({ usual, values }: Pick<Entry, 'usual' | 'values'>): UsualValue[] {
  const uses = new Map(values.map((one) => [one.value, one.uses]))
  const kept = usual.map((value) => ({ value, uses: uses.get(value) ?? 0 }))
  return [...kept, ...values.filter(({ value }) => !usual.includes(value))]
}

/** A functional code that the library can be searched by; '' where the text is none. */
export function functionOf(text: string): string {
  return /^\d{3}(\d{2}(\d{2})?)?$/.test(text.trim()) ? text.trim() : ''
}

/** What an entry says beyond its name, for whoever chooses it. */
export const noteWords = {
  explanation: '指标解释',
  basis: '设定依据',
  source: '数据来源',
  evidence: '佐证资料',
  method: '取值方式',
  scoring: '评分标准',
} as const

export function notesOf(entry: Entry): { word: string; text: string }[] {
  const keys = Object.keys(noteWords) as (keyof typeof noteWords)[]
  return keys.filter((key) => entry[key] !== '').map((key) => ({ word: noteWords[key], text: entry[key] }))
}
