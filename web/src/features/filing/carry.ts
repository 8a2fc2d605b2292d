import type { Filing, FormIndicator } from './types'

/** What becomes of last year's filing in the new year, and what was taken out for being last year's. */
export interface Carried {
  content: Filing
  /** In the words of the form, for the handler to confirm. */
  cleared: string[]
}

/**
 * Carries a filing of an earlier year over. What is bound to that year is cleared:
 * this year's money, the filing date, and every value that names a year; what was
 * written about the project stays.
 */
export function carryOver(content: Filing): Carried {
  const cleared: string[] = ['年度资金', '项目预算金额', '填报日期']
  const form = content.form ?? {}
  const indicators = (form.indicators ?? []).map((row) => carryRow(row, cleared))
  const { filedAt: _filedAt, annualFunds: _annualFunds, ...kept } = form
  return {
    content: {
      ...content,
      budget: (content.budget ?? []).map(({ amount: _amount, ...row }) => row),
      economicLines: [],
      form: { ...kept, indicators },
    },
    cleared,
  }
}

const namesYear =
  /(?<!\d)(?:19|20)\d{2}(?:\u5e74|[./-]\d)|[\u4e00\u4e8c][\u3007\u96f6\u4e5d][\u4e00-\u9fa5\u3007]{2}\u5e74/

function carryRow(row: FormIndicator, cleared: string[]): FormIndicator {
  const half = (target: FormIndicator['annual'], word: string): FormIndicator['annual'] => {
    if (!target?.value || !namesYear.test(target.value)) return target
    cleared.push(`${word}指标“${target.name ?? ''}”的值“${target.value}”`)
    return { ...target, value: '' }
  }
  return { ...row, longTerm: half(row.longTerm, '实施期'), annual: half(row.annual, '年度') }
}
