import { expect, test } from 'vitest'
import { noteOf } from './lastYear'

const value = { actual: '', rate: '', move: 'unchanged' as const }
const row = { level1: '', level1Name: '', level2: '', level2Name: '', name: '培训次数' }
const years = [
  { ...value, year: 2023, value: '≥12次', actual: '18次', rate: '150.00%' },
  { ...value, year: 2024, value: '≥10次' },
]

test('a target tells what stands out of how it moved', () => {
  const of = (rest: object) =>
    noteOf({ ...row, years, move: 'unchanged', beaten: false, standing: 1, ...rest })
  expect(of({ move: 'lowered' })).toBe('放宽：≥12次 → ≥10次')
  expect(of({ move: 'lowered', beaten: true })).toBe('上年完成 150.00%，今年没有提高')
  expect(of({ move: 'dropped', standing: 0, years: years.slice(0, 1) })).toBe('取消，原为 ≥12次')
  expect(of({ move: 'blank', standing: 0, years: years.slice(0, 1) })).toBe('上年为 ≥12次')
  expect(of({ standing: 3 })).toBe('连续 3 年未变')
  expect(of({ standing: 2 })).toBe('')
  expect(of({ move: 'raised' })).toBe('')
})
