import { expect, it } from 'vitest'
import { drawingOf } from './flow'
import type { FundFlow } from './flow'

const flow = {
  sources: [
    { key: 'generalPublicBudget', name: '一般公共预算', amount: '750.00' },
    { key: 'unitFunds', name: '单位资金', amount: '250.00' },
  ],
  functions: [
    { code: '205', name: '教育支出', amount: '999.00', amounts: ['750.00', '249.00'] },
    { code: '221', name: '', amount: '1.00', amounts: ['0.00', '1.00'] },
  ],
  total: '1000.00',
} as FundFlow

it('draws bars as high as their share, and bands that fill them on both sides', () => {
  const { sources, functions, bands } = drawingOf(flow)
  expect(sources.map(({ height }) => height)).toEqual([240, 80])
  expect(functions.map(({ name }) => name)).toEqual(['教育支出', '221'])
  const widths = bands.map(({ key, width }) => [key, width.toFixed(2)])
  expect(widths).toEqual([
    ['generalPublicBudget-205', '240.00'],
    ['unitFunds-205', '79.68'],
    ['unitFunds-221', '0.32'],
  ])
  expect(bands[2]?.from).toBeCloseTo((bands[1]?.from ?? 0) + 79.68)
})

it('leaves each label its line', () => {
  const [first, second] = drawingOf(flow).functions
  expect((second?.label ?? 0) - (first?.label ?? 0)).toBeGreaterThanOrEqual(24)
})

it('draws nothing of nothing', () => {
  expect(drawingOf({ ...flow, sources: [], functions: [], total: '0.00' }).height).toBe(0)
})
