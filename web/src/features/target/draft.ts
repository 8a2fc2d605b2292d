import { shownAmount, shownSum } from '@/domain/money'
import type { components } from '@/api/schema'
import { fundRows, fundsOf, newId, rowOf, sentRow } from '@/features/filing/draft'
import type { FundsDraft, RowDraft } from '@/features/filing/draft'
import { amountsInto } from '@/features/record/amounts'
import type { AmountReader } from '@/features/record/amounts'
import type { Layout } from '@/features/record/merge'

type Schemas = components['schemas']
export type Target = Schemas['UnitTarget']

/** A row of 年度主要任务. `stated` is the total that came with it; it gives way to the sum of the parts as
 * soon as one is typed. */
export interface TaskDraft {
  id: number
  name: string
  content: string
  fiscal: string
  other: string
  stated: string
}

export const targetTexts = [
  'longTermGoal',
  'annualGoal',
  'responsible',
  'handler',
  'phone',
  'filedAt',
] as const

/** A whole-unit target as it stands on the page: everything a text, blank is ''. */
export interface TargetDraft extends Record<(typeof targetTexts)[number], string> {
  tasks: TaskDraft[]
  annualFunds: FundsDraft
  basic: string
  project: string
  indicators: RowDraft[]
}

export const layout: Layout = {
  lists: { tasks: '年度主要任务（行有增减）', indicators: '绩效指标（行有增减或移动）' },
  kindOf: (row) => ('level2' in row ? String(row.level2) : ''),
  placeOf: (keys) =>
    keys
      .join('.')
      .replace(/\.(\d+)(?=\.|$)/g, '[$1]')
      .replace(/\.stated$/, '.total'),
}

export function newTask(): TaskDraft {
  return { id: newId(), name: '', content: '', fiscal: '', other: '', stated: '' }
}

/** What a task costs, as it is shown while its parts are typed. */
export function totalOf(task: TaskDraft): string {
  if (task.stated) return shownAmount(task.stated)
  return shownSum([task.fiscal, task.other])
}

/** Gives a content as the page edits it. */
export function draftOf(content: Target): TargetDraft {
  const texts = targetTexts.map((key) => [key, content[key] ?? ''] as const)
  return {
    ...(Object.fromEntries(texts) as Record<(typeof targetTexts)[number], string>),
    tasks: (content.tasks ?? []).map((task) => ({
      id: newId(),
      name: task.name ?? '',
      content: task.content ?? '',
      fiscal: shownAmount(task.fiscal),
      other: shownAmount(task.other),
      stated: task.total ?? '',
    })),
    annualFunds: fundsOf(content.annualFunds),
    basic: shownAmount(content.basic),
    project: shownAmount(content.project),
    indicators: (content.indicators ?? []).map(rowOf),
  }
}

/** What is on the page as it is sent, and what of it can't be read. */
export function contentOf(
  draft: TargetDraft,
  from: Target,
): { content: Target; faults: Record<string, string> } {
  const faults: Record<string, string> = {}
  const read = amountsInto(faults)
  const { stated, ...rows } = draft.annualFunds
  const funds = fundRows.map((row) => [row, read(`annualFunds.${row}`, rows[row], from.annualFunds?.[row])])
  const content: Target = {
    ...from,
    ...Object.fromEntries(targetTexts.map((key) => [key, draft[key]])),
    tasks: draft.tasks.map((task, i) => sentTask(task, i, from, read)),
    annualFunds: { ...Object.fromEntries(funds), ...(stated && { total: stated }) },
    basic: read('basic', draft.basic, from.basic),
    project: read('project', draft.project, from.project),
    indicators: draft.indicators.map(sentRow),
  }
  return { content, faults }
}

function sentTask(task: TaskDraft, i: number, from: Target, read: AmountReader): Schemas['TargetTask'] {
  const before = from.tasks?.[i]
  return {
    name: task.name,
    content: task.content,
    fiscal: read(`tasks[${i}].fiscal`, task.fiscal, before?.fiscal),
    other: read(`tasks[${i}].other`, task.other, before?.other),
    ...(task.stated && { total: task.stated }),
  }
}
