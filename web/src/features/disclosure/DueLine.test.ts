// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import DueLine from './DueLine.vue'
import type { Disclosure, Publication } from './ladder'

afterEach(() => vi.useRealTimers())

function shown(now: string, ...published: string[]): string {
  vi.useFakeTimers({ now: new Date(now) })
  const versions = published.map((publishedAt) => ({ publishedAt }) as Publication)
  const disclosure = { approvalDate: '2024-02-01', dueDate: '2024-02-21', versions } as Disclosure
  return mount(DueLine, { props: { disclosure } }).text()
}

it('counts the days that are left, the last permitted one included', () => {
  expect(shown('2024-02-18T04:00:00Z')).toBe('2024-02-01 批复，最迟 2024-02-21 公开；还有 3 天。')
  expect(shown('2024-02-21T15:59:00Z')).toContain('今天到期')
  expect(shown('2024-02-21T16:00:00Z')).toContain('已逾期 1 天')
})

it('says when the document came out, and how late, by the calendar of Beijing', () => {
  expect(shown('2024-06-01T00:00:00Z', '2024-02-21T15:59:00Z')).toMatch(/已于 2024-02-21 公开。$/)
  expect(shown('2024-06-01T00:00:00Z', '2024-02-21T16:00:00Z')).toMatch(/已于 2024-02-22 公开，逾期 1 天。$/)
})

it('does not take a correction for a late publication', () => {
  expect(shown('2024-06-01T00:00:00Z', '2024-02-20T02:00:00Z', '2024-03-20T02:00:00Z')).not.toContain('逾期')
})
