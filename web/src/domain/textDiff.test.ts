import { expect, it } from 'vitest'
import { shortened, stretches } from './textDiff'

it('tells the figure that moves in a sentence that stays', () => {
  expect(stretches('总计3438.71万元，增长6.57%。', '总计3451.06万元，增长6.57%。')).toEqual([
    { kind: 'same', text: '总计' },
    { kind: 'old', text: '3438.71' },
    { kind: 'new', text: '3451.06' },
    { kind: 'same', text: '万元，增长6.57%。' },
  ])
})

it('tells lines that came and went', () => {
  expect(stretches('甲\n乙', '甲\n丙\n乙')).toEqual([
    { kind: 'same', text: '甲\n' },
    { kind: 'new', text: '丙\n' },
    { kind: 'same', text: '乙' },
  ])
  expect(stretches('', '新').map(({ kind }) => kind)).toEqual(['new'])
  expect(stretches('同', '同')).toEqual([{ kind: 'same', text: '同' }])
})

it('keeps the neighbourhood of a change', () => {
  const long = '一二三四五六七八九十'.repeat(6)
  const [head, , , tail] = shortened(stretches(`${long}1${long}`, `${long}2${long}`), 3)
  expect(head?.text).toBe('…八九十')
  expect(tail?.text).toBe('一二三…')
})
