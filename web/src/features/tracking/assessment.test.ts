// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { bodyOf, draftOf } from './assessment'
import type { Assessment } from './assessment'

const line = {
  level1Name: '产出',
  level2Name: '数量',
  name: '册数',
  target: '≥9',
  actual: '9',
  points: '10.00',
}
const of = {
  lines: [
    { ...line, selfScore: '10.00', score: '10.00', reason: '' },
    { ...line, selfScore: '9.00', score: '7.50', reason: '佐证不足' },
    { ...line, selfScore: '8.00', score: '8.00', reason: '核对过' },
  ],
  problems: '',
  advice: '',
} as unknown as Assessment

it('sends the lines of which the evaluator says something', () => {
  expect(bodyOf(draftOf(of), of).rows).toEqual([
    { line: 1, score: '7.50', reason: '佐证不足' },
    { line: 2, score: '8.00', reason: '核对过' },
  ])
})

it('takes a blank score for the unit’s own', () => {
  const draft = draftOf(of)
  draft.lines[1] = { score: ' ', reason: '' }
  expect(bodyOf(draft, of).rows).toEqual([{ line: 2, score: '8.00', reason: '核对过' }])
})
