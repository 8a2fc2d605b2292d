// @vitest-environment node
import { expect, test } from 'vitest'
import { fenOf, shownAmount, shownYuan, sumOf, yuanOf } from './money'

test.each([
  ['30988466', 3098846600n],
  ['30,988,466.5', 3098846650n],
  ['\uff11\uff12\uff0e\uff15', 1250n],
  ['20万元', 20000000n],
  ['1.23456789万', undefined],
  ['1.2345亿', 12345000000n],
  ['0', 0n],
  ['0.10', 10n],
  [' 1 500 元 ', 150000n],
  ['12.345', undefined],
  ['-5', undefined],
  ['1,50', undefined],
  ['约20', undefined],
  ['', undefined],
  ['99999999999999999', undefined],
])('%s in 分', (text, fen) => {
  expect(fenOf(text)).toBe(fen)
})

test('amounts are written for the interface and for people', () => {
  expect(yuanOf(5n)).toBe('0.05')
  expect(yuanOf(3098846600n)).toBe('30988466.00')
  expect(shownYuan(3098846650n)).toBe('30,988,466.50')
  expect(shownYuan(90071992547409931n)).toBe('900,719,925,474,099.31')
  expect(shownAmount('2000000.00')).toBe('2,000,000')
  expect(shownAmount('-2000000.50')).toBe('-2,000,000.50')
  expect(shownAmount(null)).toBe('')
})

test('a sum counts blanks as nothing and says nothing over what it cannot read', () => {
  expect(sumOf(['0.10', '', '0.20'])).toBe(30n)
  expect(sumOf(['', ' '])).toBeUndefined()
  expect(sumOf(['1', '一'])).toBeUndefined()
})
