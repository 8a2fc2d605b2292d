// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { actsOf, evaluationText } from './project'

test('acts stand in the order of a life, those that move nothing left out', () => {
  expect(actsOf({ actions: ['rank', 'end', 'admit', 'evaluate'] })).toEqual(['admit', 'end'])
  expect(actsOf({ actions: [] })).toEqual([])
})

test('a pre-evaluation is told by its conclusion, else by whether one is owed', () => {
  expect(evaluationText({ conclusion: 'supportedChanged', owes: true })).toBe('调整后支持')
  expect(evaluationText({ conclusion: null, owes: true })).toBe('缺')
  expect(evaluationText({ conclusion: null, owes: false })).toBe('不要求')
})
