// @vitest-environment node
import { expect, test } from 'vitest'
import { branchesOf, groupsOf, spanOfLevel1 } from './tree'

test('rows stand under their levels with their own index; rows of another tree come last', () => {
  const branches = branchesOf([
    {
      key: 'output',
      name: '产出指标',
      children: [
        { key: 'quantity', name: '数量指标' },
        { key: 'cost', name: '成本指标' },
      ],
    },
  ])
  const rows = ['cost', 'quantity', 'quantity', 'economicCost'].map((level2) => ({
    level1: level2 === 'economicCost' ? 'cost' : 'output',
    level2,
  }))
  const groups = groupsOf(branches, rows)
  expect(groups.map((group) => [group.branch.name2, group.rows.map((row) => row.index)])).toEqual([
    ['数量指标', [1, 2]],
    ['成本指标', [0]],
    ['economicCost', [3]],
  ])
  expect(spanOfLevel1(groups, 'output')).toBe(3)
})
