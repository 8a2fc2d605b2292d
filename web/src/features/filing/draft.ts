import { fundKindWords, sourceWords } from '@/domain/funds'
import { shownAmount } from '@/domain/money'
import { amountsInto } from '@/features/record/amounts'
import type { AmountReader } from '@/features/record/amounts'
import type { Layout } from '@/features/record/merge'
import type { Sendable } from '@/features/record/useRecord'
import type { Filing, FilingForm, FormIndicator, FundKind, Source } from './types'

/** The halves of the form. */
export type Half = 'longTerm' | 'annual'

export const fundRows = ['central', 'provincial', 'municipalCounty', 'selfRaised', 'other'] as const
export type FundRow = (typeof fundRows)[number]

export const fundRowWords: Readonly<Record<FundRow, string>> = {
  central: '其中:中央财政资金',
  provincial: '省级财政资金',
  municipalCounty: '市县(区)财政资金',
  selfRaised: '单位自筹',
  other: '其他资金',
}

/** Amounts of one half, as typed. `stated` is the total that came with the form; it gives way to the sum
 * as soon as a row is typed, since the total of a form is never typed. */
export interface FundsDraft extends Record<FundRow, string> {
  stated: string
}

export interface TargetDraft {
  name: string
  value: string
  weight: string
  explanation: string
  basis: string
  source: string
  evidence: string
  scoring: string
}

export interface RowDraft {
  id: number // of this row on this page, so that a moved row keeps its cells
  level1: string
  level2: string
  longTerm: TargetDraft
  annual: TargetDraft
}

export interface BudgetDraft {
  id: number
  fundKind: FundKind | ''
  source: Source
  amount: string
}

export const formTexts = [
  'name',
  'overview',
  'basis',
  'necessity',
  'safeguards',
  'plan',
  'longTermGoal',
  'annualGoal',
  'responsible',
  'handler',
  'phone',
  'filedAt',
] as const
export type FormText = (typeof formTexts)[number]

/** The form as it stands on the page: everything a text, blank is ''. */
export interface FormDraft extends Record<FormText, string> {
  projectName: string
  functionCode: string
  nature: string
  category: string
  periodYears: string
  longTermFunds: FundsDraft
  annualFunds: FundsDraft
  budget: BudgetDraft[]
  indicators: RowDraft[]
}

let lastId = 0

export function newId(): number {
  return ++lastId
}

const attributes = ['weight', 'explanation', 'basis', 'source', 'evidence', 'scoring'] as const

export function newTarget(given?: Partial<TargetDraft> | null): TargetDraft {
  const blank = {
    name: '',
    value: '',
    weight: '',
    explanation: '',
    basis: '',
    source: '',
    evidence: '',
    scoring: '',
  }
  return { ...blank, ...given }
}

export function newRow(level1: string, level2: string): RowDraft {
  return { id: newId(), level1, level2, longTerm: newTarget(), annual: newTarget() }
}

export function newBudgetRow(): BudgetDraft {
  return { id: newId(), fundKind: 'generalPublicBudget', source: 'currentYear', amount: '' }
}

/** Gives a content as the page edits it. */
export function draftOf(content: Filing): FormDraft {
  const form: FilingForm = content.form ?? {}
  const texts = Object.fromEntries(formTexts.map((key) => [key, textOf(form[key])])) as Record<
    FormText,
    string
  >
  return {
    ...texts,
    projectName: content.name,
    functionCode: content.functionCode ?? '',
    nature: content.nature ?? '',
    category: content.category ?? '',
    periodYears: form.periodYears?.toString() ?? '',
    longTermFunds: fundsOf(form.longTermFunds),
    annualFunds: fundsOf(form.annualFunds),
    budget: (content.budget ?? []).map((row) => ({
      id: newId(),
      fundKind: row.fundKind ?? '',
      source: row.source ?? 'currentYear',
      amount: shownAmount(row.amount),
    })),
    indicators: (form.indicators ?? []).map(rowOf),
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function fundsOf(funds: FilingForm['annualFunds']): FundsDraft {
  const rows = fundRows.map((key) => [key, shownAmount(funds?.[key])] as const)
  return { ...(Object.fromEntries(rows) as Record<FundRow, string>), stated: funds?.total ?? '' }
}

export function rowOf(row: FormIndicator): RowDraft {
  return {
    id: newId(),
    level1: row.level1 ?? '',
    level2: row.level2 ?? '',
    longTerm: targetOf(row.longTerm),
    annual: targetOf(row.annual),
  }
}

function targetOf(given: FormIndicator['annual']): TargetDraft {
  return newTarget({ ...given, weight: given?.weight ?? '' })
}

const ofProject = new Set(['projectName', 'functionCode', 'nature', 'category', 'budget'])

export const layout: Layout = {
  lists: { budget: '项目预算', indicators: '绩效指标（行有增减或移动）' },
  kindOf: (row) => ('level2' in row ? String(row.level2) : ''),
  placeOf,
  words: { fundKind: fundKindWords, source: sourceWords },
}

/** indicators.3.annual.value of the draft stands at form.indicators[3].annual.value. */
function placeOf(keys: readonly string[]): string {
  const indexed = keys
    .join('.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]')
    .replace(/\.stated$/, '.total')
  if (indexed === 'projectName') return 'name'
  return ofProject.has(keys[0] ?? '') ? indexed : `form.${indexed}`
}

/** Puts what is on the page over the content that it came from, of which the page shows only a part.
 * `sent` gives a row as it is sent; the page remembers them, since a key changes one of many. */
export function contentOf(draft: FormDraft, from: Filing, sent = sentRow): Sendable<Filing> {
  const faults: Record<string, string> = {}
  const read = amountsInto(faults)
  const before: FilingForm = from.form ?? {}
  const form: FilingForm = { ...before, ...blankless(draft) }
  form.periodYears = yearsOf(draft.periodYears, before.periodYears ?? null, faults)
  form.longTermFunds = sentFunds('longTermFunds', draft.longTermFunds, before.longTermFunds, read)
  form.annualFunds = sentFunds('annualFunds', draft.annualFunds, before.annualFunds, read)
  form.indicators = draft.indicators.map((row) => sent(row))
  const content: Filing = {
    ...from,
    name: draft.projectName.trim() || from.name,
    functionCode: draft.functionCode,
    budget: draft.budget.map((row, i) => ({
      source: row.source,
      amount: read(`budget[${i}].amount`, row.amount, from.budget?.[i]?.amount),
      ...(row.fundKind && { fundKind: row.fundKind }),
    })),
    form,
  }
  if (isNature(draft.nature)) content.nature = draft.nature
  if (isCategory(draft.category)) content.category = draft.category
  return { content, faults }
}

function isNature(text: string): text is NonNullable<Filing['nature']> {
  return text === 'recurring' || text === 'oneOff'
}

function isCategory(text: string): text is NonNullable<Filing['category']> {
  return text === 'operating' || text === 'targeted'
}

function blankless(draft: FormDraft): Pick<FilingForm, FormText> {
  return Object.fromEntries(formTexts.map((key) => [key, draft[key]]))
}

function yearsOf(text: string, before: number | null, faults: Record<string, string>): number | null {
  if (text.trim() === '') return null
  if (/^\d{1,2}$/.test(text.trim())) return Number(text)
  faults['form.periodYears'] = '项目期应为整年数，如 3'
  return before
}

function sentFunds(
  key: 'longTermFunds' | 'annualFunds',
  funds: FundsDraft,
  before: FilingForm['annualFunds'],
  read: AmountReader,
): NonNullable<FilingForm['annualFunds']> {
  const rows = fundRows.map((row) => [row, read(`form.${key}.${row}`, funds[row], before?.[row])])
  return { ...Object.fromEntries(rows), ...(funds.stated && { total: funds.stated }) }
}

export function sentRow(row: RowDraft): FormIndicator {
  const { level1, level2 } = row
  const longTerm = sentTarget(row.longTerm)
  const annual = sentTarget(row.annual)
  return { level1, level2, ...(longTerm && { longTerm }), ...(annual && { annual }) }
}

/** A target without a word isn't sent, so that an empty row stays an empty one. */
function sentTarget(target: TargetDraft): FormIndicator['annual'] {
  const filled = [['name', target.name] as const, ['value', target.value] as const]
    .concat(attributes.map((key) => [key, target[key]] as never))
    .filter(([, text]) => text !== '')
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}

/** Whether anything stands in a half of a row. */
export function isBlank(target: TargetDraft): boolean {
  return Object.values(target).every((text) => text === '')
}
