import type { components } from '@/api/schema'

/** The words of what follows approval, as the official sheets say them. */
export type Light = 'green' | 'yellow' | 'red' | 'notDue' | 'noData'

/** A light is never its colour alone: it has a sign and a word. */
export const lights: Readonly<Record<Light, { sign: string; word: string }>> = {
  red: { sign: '▲', word: '预警' },
  yellow: { sign: '！', word: '关注' },
  green: { sign: '✓', word: '正常' },
  notDue: { sign: '○', word: '未到期' },
  noData: { sign: '？', word: '无数据' },
}

/** The lights in the order of concern. */
export const lightOrder: readonly Light[] = ['red', 'yellow', 'noData', 'notDue', 'green']

export function lightOf(text: string): Light | null {
  return lightOrder.find((light) => light === text) ?? null
}

export const sheetStateWords: Readonly<Record<string, string>> = {
  '': '未填报',
  draft: '填报中',
  submitted: '待确认',
  confirmed: '已确认',
}

export const likelihoodWords = { certain: '确定能', possible: '有可能', impossible: '完全不可能' } as const

export const causeWords = {
  funding: '经费保障',
  system: '制度保障',
  staff: '人员保障',
  equipment: '硬件条件保障',
  other: '其他',
} as const

export const pathWords = {
  atOnce: '全年保持',
  even: '均匀推进',
  seasonal: '按季节推进',
  byDate: '按日期完成',
} as const

export const dutyWords: Readonly<Record<components['schemas']['DutyKind'], string>> = {
  fill: '填报',
  confirm: '确认',
  reply: '答复整改',
  recheck: '复核整改',
}

export const correctionStateWords: Readonly<Record<string, string>> = {
  ordered: '整改中',
  replied: '待复核',
  closed: '已办结',
}

export const flagWords: Readonly<Record<string, string>> = {
  overBudget: '超过预算',
  negative: '退回',
  late: '滞后入账',
}

/** The name of a sheet: 1-7 月监控表, or 自评表 where there is no window. */
export function sheetName(window: string, whole = false): string {
  if (whole) return '整体支出自评表'
  return window === '' ? '自评表' : `${window} 月监控表`
}
