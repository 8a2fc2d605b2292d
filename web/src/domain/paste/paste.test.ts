// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { branchesOf } from '../tree'
import { basicLines } from './basicLines'
import { cellsOf, fromTable, fromText } from './cells'
import { indicatorRows, type PastePlace } from './indicators'

const branches = branchesOf([
  {
    key: 'output',
    name: '产出指标',
    children: [
      { key: 'quantity', name: '数量指标' },
      { key: 'cost', name: '成本指标' },
    ],
  },
  {
    key: 'satisfaction',
    name: '满意度指标',
    children: [{ key: 'serviceRecipients', name: '服务对象满意度指标' }],
  },
])
const [quantity, cost, satisfaction] = branches
const place = { branch: quantity, half: 'annual' } as PastePlace

test('quoted cells keep their tabs, line breaks and quotes', () => {
  expect(fromText('a\t"b\n""c"""\r\n1\t2\r\n')).toEqual([
    ['a', 'b\n"c"'],
    ['1', '2'],
  ])
  expect(fromText('a\t\t\n\tb')).toEqual([
    ['a', '', ''],
    ['', 'b'],
  ])
})

test('a merged cell names all its rows, but only one column', () => {
  const html = `<table><tr><td rowspan=2>产出</td><td colspan=2>x<br>y</td></tr><tr><td>1</td><td>
    2  3</td></tr></table>`
  expect(fromTable(html)).toEqual([
    ['产出', 'x\ny', ''],
    ['产出', '1', '2 3'],
  ])
})

test('one cell is no block', () => {
  expect(cellsOf({ html: '', text: '≥12次' })).toBeUndefined()
  expect(cellsOf({ html: '<b>x</b>', text: 'a\tb' })).toEqual([['a', 'b']])
})

test('the printed form pastes into both halves', () => {
  const rows = indicatorRows(
    fromText(
      '一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值\n' +
        '产出指标\t数量指标\t培训期数\t≥36次\t数量指标\t培训期数\t≥12次\n' +
        '\t\t参训人数\t≥900人\t\t参训人数\t≥300人\n' +
        '\t成本\t人均成本\t≤450元\t成本\t人均成本\t≤450元\n' +
        '满意度指标\t服务对象满意度\t\t\t\t学员满意度\t≥95%',
    ),
    branches,
    place,
  )
  expect(rows.map((row) => [row.branch, row.longTerm?.name, row.annual?.value])).toEqual([
    [quantity, '培训期数', '≥12次'],
    [quantity, '参训人数', '≥300人'],
    [cost, '人均成本', '≤450元'],
    [satisfaction, '', '≥95%'],
  ])
})

test('names and values alone go into the half under the cursor', () => {
  expect(indicatorRows(fromText('培训期数\t≥12次\n参训人数\t≥300人'), branches, place)).toEqual([
    { branch: quantity, annual: { name: '培训期数', value: '≥12次' } },
    { branch: quantity, annual: { name: '参训人数', value: '≥300人' } },
  ])
})

test('basic lines come by heads in 万元, with codes and names in one cell', () => {
  const kinds = { 一般公共预算: 'generalPublicBudget' }
  expect(
    basicLines(
      fromText(
        '功能科目\t部门经济科目\t资金性质\t金额（万元）\n' +
          '2010301 行政运行\t30101-基本工资\t一般公共预算\t12.345678\n' +
          '\t30201\t\t3\n合计\t\t\t15.345678\n2010301\t30299\t\t三万',
      ),
      kinds,
    ),
  ).toEqual([
    {
      functionCode: '2010301',
      departmentEconomicCode: '30101',
      fundKind: 'generalPublicBudget',
      amount: '123456.78',
      unread: '',
    },
    {
      functionCode: '2010301',
      departmentEconomicCode: '30201',
      fundKind: 'generalPublicBudget',
      amount: '30000.00',
      unread: '',
    },
    {
      functionCode: '2010301',
      departmentEconomicCode: '30299',
      fundKind: 'generalPublicBudget',
      amount: '',
      unread: '三万',
    },
  ])
})
