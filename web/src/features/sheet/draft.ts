import { costKindWords, fundKindWords, procurementKindWords, sourceWords } from '@/domain/funds'
import { shownAmount } from '@/domain/money'
import { newId } from '@/features/filing/draft'
import { amountsInto } from '@/features/record/amounts'
import type { AmountReader } from '@/features/record/amounts'
import type { Layout } from '@/features/record/merge'
import type { Sendable } from '@/features/record/useRecord'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Sheet = Schemas['Sheet']
export type BasicLine = Schemas['BasicLine']
type Revenue = Schemas['RevenueLine']
type Amount = string | null | undefined

/** A line of 基本支出 on the page. */
export interface LineDraft {
  id: number
  functionCode: string
  departmentEconomicCode: string
  governmentEconomicCode: string
  fundKind: string
  source: string
  costKind: string
  amount: string
  /** 政府采购 of the line; further parts of an imported line stay as they are. */
  procurementKind: string
  procurementAmount: string
  from: BasicLine
}

export interface RevenueDraft {
  id: number
  fundKind: string
  code: string
  amount: string
  from: Revenue
}

export const priorKeys = {
  total: '支出合计',
  'byFundKind.generalPublicBudget': '其中：一般公共预算',
  'byFundKind.governmentFund': '政府性基金预算',
  'byFundKind.stateCapital': '国有资本经营预算',
  'threePublic.overseas': '因公出国（境）费',
  'threePublic.reception': '公务接待费',
  'threePublic.vehiclePurchase': '公务用车购置费',
  'threePublic.vehicleOperation': '公务用车运行维护费',
  agencyOperating: '机关运行经费',
} as const
export type PriorKey = keyof typeof priorKeys

export const textKeys = {
  'unit.duties': '主要职责',
  'unit.organization': '机构设置（每行一项）',
  'explanations.totalChange': '收支总额变化原因',
  'explanations.generalPublicBudgetChange': '一般公共预算变化原因',
  'explanations.threePublicChange': '“三公”经费变化原因',
  'explanations.agencyOperating': '机关运行经费说明',
  'assets.vehicles': '车辆（辆）',
  'assets.vehiclesNote': '车辆说明',
  'assets.buildings': '房屋情况',
  'assets.other': '其他资产情况',
} as const
export type TextKey = keyof typeof textKeys

export interface SheetDraft {
  lines: LineDraft[]
  revenues: RevenueDraft[]
  prior: Record<PriorKey, string>
  texts: Record<TextKey, string>
}

export const layout: Layout = {
  lists: { lines: '基本支出明细（行有增减）', revenues: '收入明细（行有增减）' },
  untyped: ['from'],
  placeOf,
  words: {
    fundKind: fundKindWords,
    source: sourceWords,
    costKind: costKindWords,
    procurementKind: procurementKindWords,
  },
}

/** Where a leaf of the draft stands inside the content: lines, 3, amount at basicLines[3].amount. */
function placeOf([part = '', ...keys]: readonly string[]): string {
  if (part === 'texts') return keys.join('.')
  if (part === 'prior') return `priorYear.${keys.join('.')}`
  const list = part === 'lines' ? 'basicLines' : part
  const [index, field = ''] = keys
  if (index === undefined) return list
  const bought = /^procurement(Kind|Amount)$/.exec(field)?.[1]
  const inside = bought ? `procurement[0].${bought.toLowerCase()}` : field === 'code' ? 'codes' : field
  return `${list}[${index}].${inside}`
}

export function newLine(given: Partial<LineDraft> = {}): LineDraft {
  return {
    id: newId(),
    functionCode: '',
    departmentEconomicCode: '',
    governmentEconomicCode: '',
    fundKind: 'generalPublicBudget',
    source: 'currentYear',
    costKind: '',
    amount: '',
    procurementKind: '',
    procurementAmount: '',
    from: {},
    ...given,
  }
}

export function newRevenue(): RevenueDraft {
  return { id: newId(), fundKind: 'generalPublicBudget', code: '', amount: '', from: {} }
}

function lineOf(from: BasicLine): LineDraft {
  const [bought] = from.procurement ?? []
  return newLine({
    functionCode: from.functionCode ?? '',
    departmentEconomicCode: from.departmentEconomicCode ?? '',
    governmentEconomicCode: from.governmentEconomicCode ?? '',
    fundKind: from.fundKind ?? '',
    source: from.source ?? 'currentYear',
    costKind: from.costKind ?? '',
    amount: shownAmount(from.amount),
    procurementKind: bought?.kind ?? '',
    procurementAmount: shownAmount(bought?.amount),
    from,
  })
}

function codeOf({ codes = [] }: Revenue): string {
  return codes[codes.length - 1]?.code ?? ''
}

function reach(content: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], content)
}

/** Gives a content as the page edits it. */
export function draftOf(content: Sheet): SheetDraft {
  const texts = Object.keys(textKeys).map((key) => {
    const value = reach(content, key)
    return [key, Array.isArray(value) ? value.join('\n') : String(value ?? '')]
  })
  const prior = Object.keys(priorKeys).map((key) => [
    key,
    shownAmount(reach(content.priorYear ?? {}, key) as Amount),
  ])
  return {
    lines: (content.basicLines ?? []).map(lineOf),
    revenues: (content.revenues ?? []).map((from) => ({
      id: newId(),
      fundKind: from.fundKind ?? '',
      code: codeOf(from),
      amount: shownAmount(from.amount),
      from,
    })),
    prior: Object.fromEntries(prior) as Record<PriorKey, string>,
    texts: Object.fromEntries(texts) as Record<TextKey, string>,
  }
}

/** The names of codes, by code. */
export type Names = ReadonlyMap<string, string>

export interface CodeNames {
  functional: Names
  departmentEconomic: Names
  governmentEconomic: Names
  revenue: Names
}

/** A line as it is sent, with what of it can't be read, by place inside the line. */
export interface SentLine {
  line: BasicLine
  faults: Record<string, string>
}

/** A content to send; what can't be read as an amount is sent as it was, and said in faults by place.
 * `sent` gives a line as it is sent; the page remembers them, since a key changes one of many. */
export function contentOf(
  draft: SheetDraft,
  from: Sheet,
  year: number,
  names: CodeNames,
  sent: (line: LineDraft) => SentLine = (line) => sentLine(line, names),
): Sendable<Sheet> {
  const faults: Record<string, string> = {}
  const read = amountsInto(faults)
  const basicLines = draft.lines.map((draftLine, i) => {
    const { line, faults: found } = sent(draftLine)
    for (const [place, fault] of Object.entries(found)) faults[`basicLines[${i}].${place}`] = fault
    return line
  })
  const content: Sheet = {
    ...from,
    basicLines,
    revenues: draft.revenues.map((row, i) => ({
      ...(row.fundKind && { fundKind: row.fundKind as NonNullable<Revenue['fundKind']> }),
      codes: row.code === codeOf(row.from) ? (row.from.codes ?? []) : pathOf(row.code, names.revenue),
      amount: read(`revenues[${i}].amount`, row.amount, row.from.amount),
    })),
    ...sentTexts(draft, from),
    priorYear: sentPrior(draft, from, year, read),
  }
  return { content, faults }
}

export function sentLine(line: LineDraft, names: CodeNames): SentLine {
  const faults: Record<string, string> = {}
  const read = amountsInto(faults)
  const { from } = line
  const [first, ...rest] = from.procurement ?? []
  const bought = line.procurementKind
    ? [
        {
          ...first,
          kind: line.procurementKind as Schemas['ProcurementKind'],
          amount: read('procurement[0].amount', line.procurementAmount, first?.amount),
        },
      ]
    : []
  const sent: BasicLine = {
    functionCode: line.functionCode.trim(),
    ...named('departmentEconomic', line.departmentEconomicCode, from, names),
    ...named('governmentEconomic', line.governmentEconomicCode, from, names),
    ...(line.fundKind && { fundKind: line.fundKind as Schemas['FundKind'] }),
    source: line.source as Schemas['Source'],
    ...(line.costKind && { costKind: line.costKind as Schemas['CostKind'] }),
    amount: read('amount', line.amount, from.amount),
    procurement: [...bought, ...rest],
  }
  return { line: sent, faults }
}

/** A code with its name: the one that the line came with, else the catalogue's. */
function named(
  kind: 'departmentEconomic' | 'governmentEconomic',
  text: string,
  from: BasicLine,
  names: CodeNames,
) {
  const code = text.trim()
  const own = from[`${kind}Code`] === code ? from[`${kind}Name`] : undefined
  return { [`${kind}Code`]: code, [`${kind}Name`]: own ?? names[kind].get(code) ?? '' }
}

/** A revenue code with those above it: 类 of three digits, 款 of five, 项 of seven. */
function pathOf(text: string, names: Names): { code: string; name: string }[] {
  const code = text.trim()
  return [3, 5, 7, 9]
    .filter((length) => length <= code.length)
    .map((length) => code.slice(0, length))
    .map((one) => ({ code: one, name: names.get(one) ?? '' }))
}

function sentTexts({ texts }: SheetDraft, from: Sheet): Pick<Sheet, 'unit' | 'explanations' | 'assets'> {
  const vehicles = /^\d{1,6}$/.test(texts['assets.vehicles'].trim()) ? Number(texts['assets.vehicles']) : null
  return {
    unit: {
      ...from.unit,
      duties: texts['unit.duties'],
      organization: texts['unit.organization'].split('\n').filter((line) => line.trim() !== ''),
    },
    explanations: {
      totalChange: texts['explanations.totalChange'],
      generalPublicBudgetChange: texts['explanations.generalPublicBudgetChange'],
      threePublicChange: texts['explanations.threePublicChange'],
      agencyOperating: texts['explanations.agencyOperating'],
    },
    assets: {
      vehicles,
      vehiclesNote: texts['assets.vehiclesNote'],
      buildings: texts['assets.buildings'],
      other: texts['assets.other'],
    },
  }
}

function sentPrior(
  { prior }: SheetDraft,
  from: Sheet,
  year: number,
  read: AmountReader,
): NonNullable<Sheet['priorYear']> | null {
  const before = from.priorYear ?? {}
  if (Object.values(prior).every((text) => text.trim() === '')) return from.priorYear ?? null
  const at = (key: PriorKey) => read(`priorYear.${key}`, prior[key], reach(before, key) as Amount)
  return {
    ...before,
    year: before.year ?? year - 1,
    total: at('total'),
    byFundKind: {
      ...before.byFundKind,
      generalPublicBudget: at('byFundKind.generalPublicBudget'),
      governmentFund: at('byFundKind.governmentFund'),
      stateCapital: at('byFundKind.stateCapital'),
    },
    threePublic: {
      overseas: at('threePublic.overseas'),
      reception: at('threePublic.reception'),
      vehiclePurchase: at('threePublic.vehiclePurchase'),
      vehicleOperation: at('threePublic.vehicleOperation'),
    },
    agencyOperating: at('agencyOperating'),
  }
}

/** 人员经费 are wages and benefits (301) and transfers to persons (303), all else is 公用经费; the
 * preparer may say otherwise. */
export function costKindOf(departmentEconomicCode: string): string {
  return /^30[13]/.test(departmentEconomicCode) ? 'personnel' : 'public'
}

/** What follows from a line's department code: the government code by the unit's mapping, and the kind of cost. */
export function follow(line: LineDraft, code: string, mapping: Names): void {
  line.departmentEconomicCode = code
  line.governmentEconomicCode = mapping.get(code.trim()) ?? line.governmentEconomicCode
  if (code.trim().length >= 3) line.costKind = costKindOf(code.trim())
}
