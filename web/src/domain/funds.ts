import type { components } from '@/api/schema'

type Schemas = components['schemas']

/** The words of funds and costs, as the field says them. */
export const fundKindWords: Record<Schemas['FundKind'], string> = {
  generalPublicBudget: '一般公共预算',
  governmentFund: '政府性基金预算',
  stateCapital: '国有资本经营预算',
  fiscalSpecialAccount: '财政专户管理资金',
  unitFunds: '单位资金',
}

export const sourceWords: Record<Schemas['Source'], string> = {
  currentYear: '本年预算',
  carryOver: '上年结转',
}

export const costKindWords: Record<Schemas['CostKind'], string> = {
  personnel: '人员经费',
  public: '公用经费',
}

export const procurementKindWords: Record<Schemas['ProcurementKind'], string> = {
  goods: '货物',
  works: '工程',
  services: '服务',
}

/** The word of a choice, or what stands there where it is none. */
export function wordOf(words: Readonly<Record<string, string>>, text: string): string {
  return words[text] ?? text
}
