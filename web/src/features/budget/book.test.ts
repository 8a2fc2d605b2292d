import { expect, it } from 'vitest'
import { cellKey, cellsOf, rowIndex } from './book'
import type { TableLayout } from './book'

const columns = [
  { key: 'name', heading: '项目', kind: 'name', side: 0 },
  { key: 'total', heading: '合计', kind: 'figure', side: 0 },
]

function row(name: string, key: string, total: string): TableLayout['rows'][number] {
  return {
    kind: 'item',
    level: 1,
    cells: [
      { text: name, row: '', amount: null },
      { text: total, row: key, amount: '1.00' },
    ],
  }
}

const table = { columns, rows: [row('合计', 'total', '12.00'), row('20801', '20801', '7')] }

it('finds a figure of another year by its row and column', () => {
  expect(cellsOf(table).get(cellKey('20801', 'total'))).toBe('7')
  expect(cellsOf(table).get(cellKey('20801', 'name'))).toBeUndefined()
})

it('finds a row by its key or its first cell, never by a figure', () => {
  expect(rowIndex(table, '合计')).toBe(0)
  expect(rowIndex(table, '20801')).toBe(1)
  expect(rowIndex(table, '7')).toBe(-1)
})
