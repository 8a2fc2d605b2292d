import { shownTime } from '@/domain/time'

/** A moment of the interface as the browser's own field writes it, in Beijing's time: 2025-11-30T18:00. */
export function shownMoment(at: string): string {
  return at && shownTime(at).replace(' ', 'T')
}

/** The moment that somebody chose in Beijing's time, for the interface. */
export function momentOf(text: string): string {
  return `${text.slice(0, 16)}:00+08:00`
}
