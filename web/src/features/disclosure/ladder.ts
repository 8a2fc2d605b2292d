import { api, call, callWithTag } from '@/api/client'
import type { components } from '@/api/schema'

export type Disclosure = components['schemas']['disclosureOut']
export type Publication = components['schemas']['publicationOut']

/** The steps of the ladder, in its order. */
export const steps = ['assemble', 'check', 'override', 'secrecy', 'sign', 'publish', 'correct'] as const
export type Step = (typeof steps)[number]

/** Whose disclosure of which year: a unit's, or a department's over all its units. */
export interface Subject {
  unit: string
  year: number
  whole: boolean
}

export interface Tagged {
  data: Disclosure
  tag: string
}

export function fetchDisclosure(query: Subject): Promise<Tagged> {
  return callWithTag(api.GET('/disclosure', { params: { query } }))
}

type Finding = components['schemas']['Finding']

/** What the checks found in the newest version, by its places. */
export function fetchFindings(query: Subject): Promise<components['schemas']['disclosureFindings']> {
  return call(api.GET('/disclosure/findings', { params: { query } }))
}

/** How a finding is called, in a word and a colour. */
export function wordOf({ outcome, severity }: Finding): { word: string; kind: string } {
  if (outcome === 'insufficientData') return { word: '无法核对', kind: 'soft' }
  if (severity === 'error') return { word: '错误', kind: 'error' }
  return { word: severity === 'warning' ? '提醒' : '提示', kind: severity }
}

/** Takes a step from the state that the tag names. */
export function take(
  step: Step,
  query: Subject,
  tag: string,
  body: components['schemas']['stepIn'],
): Promise<Tagged> {
  const params = { query, header: { 'If-Match': tag } }
  return callWithTag(api.POST(`/disclosure/${step}`, { params, body }))
}

interface StepWords {
  act: string // on the button
  said: string // once it is done
  lead?: string // what to know before; a step without it is done at once
  asks?: 'person' | 'reason'
}

export const stepWords: Readonly<Record<Step, StepWords>> = {
  assemble: { act: '生成文档', said: '文档已生成，请校验' },
  check: { act: '校验', said: '校验完毕' },
  override: {
    act: '说明理由放行',
    said: '已放行，理由已记录',
    lead: '校验出的错误不改而公开，须说明理由；理由和姓名记入日志。',
    asks: 'reason',
  },
  secrecy: {
    act: '登记保密审查',
    said: '保密审查已登记',
    lead: '依照《政府信息公开条例》，公开前须经保密审查。请登记由谁在哪一天审查。',
    asks: 'person',
  },
  sign: {
    act: '登记负责人签批',
    said: '签批已登记，可以公开',
    lead: '请登记由哪位负责人在哪一天签批。',
    asks: 'person',
  },
  publish: {
    act: '公开',
    said: '已公开',
    lead: '公开后任何人都能打开，且不能撤回；内容有误只能更正，旧版本仍可查阅。',
  },
  correct: {
    act: '更正',
    said: '更正版已生成，请校验',
    lead: '按现在的记录生成新的版本，重新校验、审查和签批后公开。更正理由与新版本一起公开。',
    asks: 'reason',
  },
}

/** What to know before a document is assembled anew, which begins the ladder again. */
export const anew = '按现在的记录重新生成这一版；已做的校验、保密审查和签批作废，须重新办理。'

export interface Rung {
  stage: string
  name: string
  who: string // as typed in; "" for who did it in the program
  login: string // of who did it in the program
  when: string // a moment or a day
}

function rung(stage: string, name: string, who = '', when: string | null = '', login = ''): Rung {
  return { stage, name, who, login, when: when ?? '' }
}

/** The rungs of a version, each with who and when; those not yet reached are empty. */
export function rungsOf(p: Publication | undefined): Rung[] {
  return [
    rung('assembled', '已生成', '', p?.assembledAt, p?.assembledBy),
    rung('checked', '已校验', '', p?.checkedAt, p?.checkedBy),
    rung('reviewed', '已保密审查', p?.secrecyName, p?.secrecyDate),
    rung('signed', '负责人已签批', p?.signName, p?.signDate),
    rung('published', '已公开', '', p?.publishedAt, p?.publishedBy),
  ]
}
