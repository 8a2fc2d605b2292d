import { expect, test } from 'vitest'
import { taskPath, taskText } from './task'
import type { ProjectTask } from './task'

const project = { id: '7', code: 'P1', name: '图书购置', state: 'candidate', conclusion: null } as const
const task = (over: Partial<ProjectTask>): ProjectTask => ({
  kind: 'admit',
  region: '000000000',
  unit: { code: '701', name: '示例局' },
  project,
  count: 0,
  reason: '',
  by: '',
  ...over,
})

test('a task says what is to be done, and leads to where', () => {
  expect(taskText(task({}))).toBe('审核纳入部门项目库')
  expect(taskPath(task({}))).toBe('projects/7')
  const rank = task({ kind: 'rank', project: null, count: 3 })
  expect(taskText(rank)).toBe('部门排序：3 个项目还没有位次')
  expect(taskPath(rank)).toBe('projects?state=departmentReserve&sort=departmentRank')
  expect(taskPath(task({ kind: 'order', project: null }))).toContain('scope=region')
})

test('what came back is told by where it came back to', () => {
  const reserve = { ...project, state: 'departmentReserve' as const }
  expect(taskText(task({ kind: 'returned' }))).toBe('修改后重新申请入库')
  expect(taskText(task({ kind: 'returned', project: reserve }))).toBe('处理财政退回的项目')
  expect(taskText(task({ kind: 'returned', project: { ...reserve, conclusion: 'notSupported' } }))).toContain(
    '不予支持',
  )
})
