import type { components } from '@/api/schema'

export type YearStages = components['schemas']['YearStages']
export type YearStage = components['schemas']['YearStage']
export type UnitClock = components['schemas']['UnitClock']

/** The words of a year's calendar. */
export const phaseWords: Readonly<Record<YearStage['phase'], string>> = {
  unset: '—',
  coming: '未开始',
  open: '进行中',
  past: '已截止',
}

export const originWords: Readonly<Record<YearStage['origin'], string>> = {
  set: '本年设定',
  rules: '规则规定',
  clock: '自批复起算',
  none: '未设定',
}

export const clockWords: Readonly<Record<UnitClock['state'], string>> = {
  late: '已逾期',
  running: '未到期',
  doneLate: '逾期后完成',
  done: '按期完成',
}

export const changeWords: Readonly<Record<string, string>> = {
  'year.open': '开启年度',
  'year.save': '修改设置',
  'year.close': '关闭年度',
}

/** The states of clocks, the most pressing first, with the name of their count. */
export const clockStates = ['late', 'running', 'doneLate', 'done'] as const

/** Dates as one says them: 2030-09-01 至 2030-10-15. */
export function shownDates({ opens, due }: { opens: string; due: string }): string {
  if (due === '') return '未设定'
  return opens === '' ? `${due} 前` : `${opens} 至 ${due}`
}

/** How a clock stands: 逾期 3 天, 还有 5 天, 今天到期. */
export function shownLeft({ state, days }: Pick<UnitClock, 'state' | 'days'>): string {
  if (state === 'late') return `逾期 ${-days} 天`
  if (state === 'running') return days === 0 ? '今天到期' : `还有 ${days} 天`
  return clockWords[state]
}
