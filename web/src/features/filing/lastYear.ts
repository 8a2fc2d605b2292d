import type { components } from '@/api/schema'

export type LastYear = components['schemas']['LastYear']

/** Unchanged for so many years, this one included, a target is worth a word. */
const long = 3

/** What somebody should know of how a target moved: left where the last result was far beyond it, lowered,
 * dropped, not yet filled in, or the same for years; '' where nothing stands out. */
export function noteOf({ move, beaten, standing, years }: LastYear['indicators'][number]): string {
  const [now, before] = [years[years.length - 1], years[years.length - 2]]
  if (beaten) return `上年完成 ${before?.rate || before?.actual || ''}，今年没有提高`
  if (move === 'lowered') return `放宽：${before?.value ?? ''} → ${now?.value ?? ''}`
  if (move === 'dropped') return `取消，原为 ${now?.value ?? ''}`
  if (move === 'blank') return `上年为 ${now?.value ?? ''}`
  return standing >= long ? `连续 ${standing} 年未变` : ''
}

/** The filing's own year with the last one before it that has the project. */
export function yearsBeside(beside: LastYear | null): LastYear['years'] {
  return beside?.years.slice(-2) ?? []
}
