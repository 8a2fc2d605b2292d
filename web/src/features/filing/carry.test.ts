// @vitest-environment node
import { expect, test } from 'vitest'
import { carryOver } from './carry'

test('what is bound to last year is cleared and said; the rest stays', () => {
  const { content, cleared } = carryOver({
    code: '1',
    name: '培训',
    budget: [{ fundKind: 'generalPublicBudget', source: 'currentYear', amount: '100.00' }],
    form: {
      overview: '每年培训',
      filedAt: '2023-01-06',
      annualFunds: { municipalCounty: '100.00' },
      longTermFunds: { municipalCounty: '300.00' },
      indicators: [
        {
          level1: 'output',
          level2: 'timeliness',
          longTerm: { name: '完成时间', value: '2025年底前' },
          annual: { name: '项目总成本', value: '\u22641602000.00元' },
        },
      ],
    },
  })
  expect(content.budget).toEqual([{ fundKind: 'generalPublicBudget', source: 'currentYear' }])
  expect(content.form?.annualFunds).toBeUndefined()
  expect(content.form?.filedAt).toBeUndefined()
  expect(content.form?.longTermFunds?.municipalCounty).toBe('300.00')
  expect(content.form?.indicators?.[0]).toMatchObject({
    longTerm: { value: '' },
    annual: { value: '≤1602000.00元' },
  })
  expect(cleared).toContain('实施期指标“完成时间”的值“2025年底前”')
})
