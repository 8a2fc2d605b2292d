import { expect, it } from 'vitest'
import { bodyOf, draftOf } from './body'
import type { Entry } from './entry'

it('sends what was entered: lists item by item, words without an operator', () => {
  const draft = { ...draftOf(), level: 'output.quality', name: ' 群众评价 ', operator: '' }
  draft.usual = '明显提高\n\n 有所提高，逐年 '
  draft.functions = '20502、2050204\n 208 '
  draft.industries = '教育，卫生'
  expect(bodyOf(draft)).toMatchObject({
    level1: 'output',
    level2: 'quality',
    name: '群众评价',
    operator: null,
    usual: ['明显提高', '有所提高，逐年'],
    functions: ['20502', '2050204', '208'],
    industries: ['教育', '卫生'],
    common: false,
  })
})

it('gives an entry back as it came', () => {
  const entry = {
    level1: 'output',
    level2: 'quantity',
    name: '举办培训期数',
    unit: '期',
    operator: '>=',
    usual: ['≥12期', '≥6期'],
    functions: ['2050204'],
    industries: ['教育'],
    common: true,
    explanation: '全年举办的期数',
    basis: '',
    source: '',
    evidence: '',
    method: '',
    scoring: '',
  }
  expect(bodyOf(draftOf(entry as unknown as Entry))).toEqual(entry)
})
