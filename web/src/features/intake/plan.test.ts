import { expect, it } from 'vitest'
import { choose, columnsOf, missingIn, proposedBy, rowsOf } from './plan'
import type { ImportRow } from './plan'

const fields = [
  { key: 'code', label: '项目代码', required: true },
  { key: 'name', label: '项目名称', required: true },
  { key: 'overview', label: '项目概况', required: false },
]
const column = (number: number, field: string) => ({ column: number, header: '', field, samples: [] })

it('takes what is proposed, and leaves out what stands for nothing', () => {
  const choices = proposedBy({ columns: [column(1, 'code'), column(2, ''), column(10, 'name')] })
  expect(columnsOf(choices)).toEqual(['1:code', '10:name'])
  expect(missingIn(choices, fields)).toEqual([])
})

it('lets one column alone stand for a field', () => {
  const choices = choose({ 1: 'code', 2: 'name', 3: '' }, 3, 'name')
  expect(columnsOf(choices)).toEqual(['1:code', '3:name'])
  expect(missingIn(choose(choices, 1, ''), fields)).toEqual(['项目代码'])
  expect(columnsOf(choose({ 1: '', 2: '' }, 2, ''))).toEqual([])
})

it('gives the rows that became something', () => {
  const rows = [{ becomes: 'new' }, { becomes: 'refused' }] as ImportRow[]
  expect(rowsOf({ rows }, 'refused')).toHaveLength(1)
  expect(rowsOf({ rows }, '')).toHaveLength(2)
})
