import { expect, it } from 'vitest'
import { sharedActions } from './records'
import type { Action, RecordItem } from './records'

function record(kind: RecordItem['kind'], ...allowed: Action[]): RecordItem {
  const unit = { id: '1', code: '103001', name: '某单位', path: '450103000/103/103001' }
  return {
    id: '7',
    kind,
    unit,
    year: 2023,
    code: 'P1',
    name: '某项目',
    amount: '1.00',
    lastYear: null,
    state: 'inReview',
    step: 'unit',
    steps: ['单位负责人审核'],
    at: 0,
    turn: null,
    errors: 0,
    warnings: 0,
    number: 1,
    movedAt: null,
    movedBy: '',
    lock: 1,
    allowed,
  }
}

it('offers for many what the server allows for each', () => {
  expect(sharedActions([record('filing', 'pass', 'return'), record('filing', 'return', 'block')])).toEqual([
    'return',
  ])
})

it('offers nothing for none, and nothing for kinds together', () => {
  expect(sharedActions([])).toEqual([])
  expect(sharedActions([record('filing', 'pass'), record('sheet', 'pass')])).toEqual([])
})

it('never offers in bulk what needs a single look', () => {
  expect(sharedActions([record('filing', 'save', 'consent', 'decline', 'editAgreed', 'approve')])).toEqual([])
})
