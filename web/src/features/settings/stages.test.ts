import { expect, it } from 'vitest'
import { shownDates, shownLeft } from './stages'

it('says how a clock stands', () => {
  expect(shownLeft({ state: 'late', days: -3 })).toBe('逾期 3 天')
  expect(shownLeft({ state: 'running', days: 0 })).toBe('今天到期')
  expect(shownLeft({ state: 'running', days: 5 })).toBe('还有 5 天')
  expect(shownLeft({ state: 'doneLate', days: -40 })).toBe('逾期后完成')
})

it('says dates, the first one where there is one', () => {
  expect(shownDates({ opens: '', due: '' })).toBe('未设定')
  expect(shownDates({ opens: '', due: '2030-10-15' })).toBe('2030-10-15 前')
  expect(shownDates({ opens: '2030-09-01', due: '2030-10-15' })).toBe('2030-09-01 至 2030-10-15')
})
