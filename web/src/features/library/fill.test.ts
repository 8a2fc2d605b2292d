import { expect, it } from 'vitest'
import { newRow } from '@/features/filing/draft'
import type { Entry } from './entry'
import { functionOf, valuesOf } from './entry'
import { fillRow, halvesFor } from './fill'

const entry = {
  name: '举办培训期数',
  usual: ['≥12期'],
  values: [
    { value: '≥6期', uses: 4 },
    { value: '≥12期', uses: 2 },
  ],
  explanation: '全年举办的期数',
  basis: '年度培训计划',
  source: '',
  evidence: '培训通知、签到表',
  method: '',
  scoring: '',
} as unknown as Entry

it('offers each value once, the bureau’s own first', () => {
  expect(valuesOf(entry)).toEqual([
    { value: '≥12期', uses: 2 },
    { value: '≥6期', uses: 4 },
  ])
})

it('fills what is blank and loses nothing that was typed', () => {
  const row = newRow('output', 'quantity')
  row.annual.value = '≥3期'
  row.annual.basis = '自己写的依据'
  fillRow(row, entry, { halves: ['longTerm', 'annual'], value: '≥12期', notes: true })
  expect(row.longTerm).toMatchObject({ name: '举办培训期数', value: '≥12期', basis: '年度培训计划' })
  expect(row.annual).toMatchObject({ name: '举办培训期数', value: '≥3期', basis: '自己写的依据' })
  expect(row.annual.evidence).toBe('培训通知、签到表')
})

it('leaves the other half, the value and the notes where that is wished', () => {
  const row = newRow('output', 'quantity')
  row.longTerm.name = '另一个指标'
  fillRow(row, entry, { halves: ['annual'], value: '', notes: false })
  expect(row.longTerm.name).toBe('另一个指标')
  expect(row.annual).toMatchObject({ name: '举办培训期数', value: '', basis: '' })
})

it('is meant for the halves without a name, and for the one asked from', () => {
  const row = newRow('output', 'quantity')
  expect(halvesFor(row, null)).toEqual(['longTerm', 'annual'])
  row.longTerm.name = '有名'
  expect(halvesFor(row, null)).toEqual(['annual'])
  expect(halvesFor(row, 'longTerm')).toEqual(['longTerm', 'annual'])
  row.annual.name = '有名'
  expect(halvesFor(row, null)).toEqual(['longTerm', 'annual'])
  expect(halvesFor(row, 'annual')).toEqual(['annual'])
})

it.each([
  ['205', '205'],
  [' 2050204 ', '2050204'],
  ['2050', ''],
  ['教育', ''],
])('%s is the function %s', (text, code) => expect(functionOf(text)).toBe(code))
