import { expect, it } from 'vitest'
import { cellFaultsOf } from './faults'

function fault(pointer: string) {
  return { in: 'body' as const, pointer, code: 'x', detail: `错在 ${pointer}` }
}

it('takes the faults of cells, not those of fields', () => {
  expect(cellFaultsOf([fault('申报表!C7'), fault('/name'), fault('基本支出表!A3:B4')])).toEqual([
    { cell: '申报表!C7', message: '错在 申报表!C7' },
    { cell: '基本支出表!A3:B4', message: '错在 基本支出表!A3:B4' },
  ])
})
