import type { components } from '@/api/schema'

/** What waits for somebody in the library: a project, or an order in which projects have no place yet. */
export type ProjectTask = components['schemas']['ProjectTask']

export const taskWords: Readonly<Record<ProjectTask['kind'], string>> = {
  returned: '修改后重新申请入库',
  evaluate: '登记事前绩效评估',
  admit: '审核纳入部门项目库',
  store: '审核纳入财政项目库',
  rank: '部门排序',
  order: '财政排序',
}

/** What is to be done; what came back to a department can't be mended there. */
export function taskText({ kind, project, count }: ProjectTask): string {
  if (project === null) return `${taskWords[kind]}：${count} 个项目还没有位次`
  if (kind !== 'returned' || project.state === 'candidate') return taskWords[kind]
  return project.conclusion === 'notSupported'
    ? '事前绩效评估结论为“不予支持”：退回单位，或调整后重新评估'
    : '处理财政退回的项目'
}

/** Where it is done, below the place of its unit. */
export function taskPath({ kind, project }: ProjectTask): string {
  if (project) return `projects/${project.id}`
  return kind === 'rank'
    ? 'projects?state=departmentReserve&sort=departmentRank'
    : 'projects?scope=region&state=financeReserve&sort=financeRank'
}
