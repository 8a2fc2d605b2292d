import { api, call, tagOf } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type LibraryProject = Schemas['LibraryProject']
export type ProjectDetail = Schemas['ProjectDetail']
export type ProjectState = Schemas['ProjectState']

/** The states of a project in the library, in the order of a life. */
export const projectStateWords: Readonly<Record<ProjectState, string>> = {
  candidate: '未入库',
  proposed: '申请入库',
  departmentReserve: '部门储备',
  financeReserve: '财政储备',
  executing: '执行',
  carriedOver: '结转',
  ended: '终止',
}

export const conclusionWords: Readonly<Record<Schemas['Conclusion'], string>> = {
  supported: '支持',
  supportedChanged: '调整后支持',
  notSupported: '不予支持',
}

export const levelWords: Readonly<Record<Schemas['PreEvaluationLevel'], string>> = {
  off: '不要求',
  warn: '提醒',
  block: '不得提交',
}

export const measureWords: Readonly<Record<Schemas['FundsMeasure'], string>> = {
  annual: '年度资金',
  longTerm: '实施期资金',
}

/** What a person is asked before an act that moves a project. */
export interface Act {
  act: string
  text: string
  said: string
  reason?: string // the label of the reason that is owed
  danger?: boolean
}

/** The acts that move a project, in the words of the server's `actions`. */
export const acts = {
  propose: {
    act: '申请入库',
    text: '由主管部门审核后纳入部门项目库；绩效目标须先通过检查。',
    said: '已申请入库',
  },
  takeBack: { act: '撤回入库申请', text: '项目回到“未入库”，可以修改后再申请。', said: '已撤回' },
  admit: {
    act: '纳入部门项目库',
    text: '项目成为部门储备项目，可以参加部门排序。',
    said: '已纳入部门项目库',
  },
  refuse: {
    act: '退回',
    text: '项目回到“未入库”，单位修改后可以再申请。',
    said: '已退回',
    reason: '退回理由',
    danger: true,
  },
  store: {
    act: '纳入财政项目库',
    text: '项目成为财政储备项目，可以在编制预算时选取；当年未安排的滚动到下一年度。',
    said: '已纳入财政项目库',
  },
  unstore: {
    act: '退回部门项目库',
    text: '项目回到部门储备，不再在财政项目库中。',
    said: '已退回部门项目库',
    reason: '退回理由',
    danger: true,
  },
  end: { act: '终止', text: '', said: '已终止', reason: '终止理由', danger: true },
  resume: { act: '恢复', text: '项目回到终止前的状态，可以再申报。', said: '已恢复', reason: '恢复理由' },
} as const satisfies Record<string, Act>

export type ActName = keyof typeof acts

/** The acts among those that the server allows. */
export function actsOf(project: Pick<LibraryProject, 'actions'>): ActName[] {
  return (Object.keys(acts) as ActName[]).filter((name) => project.actions.includes(name))
}

/** Does an act on a project as the page shows it. */
export function doAct(
  name: ActName,
  { id, version }: Pick<LibraryProject, 'id' | 'version'>,
  year: number,
  reason: string,
): Promise<ProjectDetail> {
  const params = { path: { id }, header: { 'If-Match': tagOf(version) } }
  const options = { params, body: { year, reason: reason || null } }
  const send = {
    propose: () => api.POST('/projects/{id}/proposed', options),
    takeBack: () => api.POST('/projects/{id}/taken-back', options),
    admit: () => api.POST('/projects/{id}/admitted', options),
    refuse: () => api.POST('/projects/{id}/refused', options),
    store: () => api.POST('/projects/{id}/stored', options),
    unstore: () => api.POST('/projects/{id}/unstored', options),
    end: () => api.POST('/projects/{id}/ended', options),
    resume: () => api.POST('/projects/{id}/resumed', options),
  }
  return call(send[name]())
}

/** Gives a project another place in an order, whose version the page knows. */
export async function moveTo(
  ranking: 'department' | 'finance',
  id: string,
  version: number,
  year: number,
  place: number,
): Promise<void> {
  const params = { path: { id }, header: { 'If-Match': tagOf(version) } }
  const options = { params, body: { year, place } }
  await call(
    ranking === 'department'
      ? api.POST('/projects/{id}/ranked', options)
      : api.POST('/projects/{id}/ordered', options),
  )
}

/** What the list says of a project's pre-evaluation. */
export function evaluationText(project: Pick<LibraryProject, 'conclusion' | 'owes'>): string {
  if (project.conclusion) return conclusionWords[project.conclusion]
  return project.owes ? '缺' : '不要求'
}
