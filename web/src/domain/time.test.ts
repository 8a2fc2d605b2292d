import { expect, it } from 'vitest'
import { shownClock, shownDate, shownTime } from './time'

it('shows moments in Beijing time, whatever the clock of the machine', () => {
  expect(shownTime('2026-02-28T16:05:00Z')).toBe('2026-03-01 00:05')
  expect(shownDate('2026-02-28T15:59:59Z')).toBe('2026-02-28')
  expect(shownClock('2026-02-28T02:32:00.123Z')).toBe('10:32')
})
