import { expect, it } from 'vitest'
import { daysUntil, endOfDay, shownClock, shownDate, shownTime, startOfDay } from './time'

it('shows moments in Beijing time, whatever the clock of the machine', () => {
  expect(shownTime('2026-02-28T16:05:00Z')).toBe('2026-03-01 00:05')
  expect(shownDate('2026-02-28T15:59:59Z')).toBe('2026-02-28')
  expect(shownClock('2026-02-28T02:32:00.123Z')).toBe('10:32')
})

it('turns days into the moments of the interface', () => {
  expect(startOfDay('2026-03-01')).toBe('2026-03-01T00:00:00+08:00')
  expect(endOfDay('2026-02-28')).toBe('2026-03-01T00:00:00+08:00')
})

it('counts days by the calendar of Beijing', () => {
  const now = new Date('2026-02-28T16:05:00Z') // the first of March there
  expect(daysUntil('2026-03-01', now)).toBe(0)
  expect(daysUntil('2026-03-21', now)).toBe(20)
  expect(daysUntil('2026-02-28', now)).toBe(-1)
})
