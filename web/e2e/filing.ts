import { expect } from '@playwright/test'
import { expectAccessible } from './app'
import type { Hands } from './hands'

/** The block of indicators as it lies on the clipboard after copying it from Excel. */
const indicators = (year: number): string =>
  [
    '一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值',
    '产出指标\t数量指标\t图书购置册数\t≥9000册\t数量指标\t图书购置册数\t≥3000册',
    '\t质量指标\t图书验收合格率\t≥98%\t质量指标\t图书验收合格率\t≥98%',
    `\t时效指标\t采购完成时间\t${year + 2}年10月底前\t时效指标\t采购完成时间\t${year}年10月底前`,
    '\t成本指标\t图书采购总成本\t≤270000元\t成本指标\t图书采购总成本\t≤90000元',
    '效益指标\t社会效益指标\t学生人均借阅量\t≥8册\t社会效益指标\t学生人均借阅量\t≥8册',
    '满意度指标\t服务对象满意度指标\t师生满意度\t≥95%\t服务对象满意度指标\t师生满意度\t≥95%',
  ].join('\n')

const paper: [label: string, text: string][] = [
  ['项目期（年）', '3'],
  ['实施期市县(区)财政资金', '270000'],
  ['年度市县(区)财政资金', '90000'],
  ['项目概况', '分三年为学校图书馆购置纸质图书。'],
  ['立项依据', '《中小学图书馆（室）规程》'],
  ['项目设立必要性', '现有图书陈旧，生均册数低于规程要求。'],
  ['保证项目实施的制度、措施', '按政府采购程序购置，专人验收登记。'],
  ['项目实施计划', '上半年确定书目，下半年采购上架。'],
  ['实施期目标', '三年内购置图书九千册，满足师生借阅需要。'],
  ['年度目标', '本年购置图书三千册并全部上架。'],
]

/** Types a project of the demo case from paper, pastes its indicators and submits it; gives its address. */
export async function fileFromPaper(hands: Hands, code: string, year: number): Promise<string> {
  const { page } = hands
  await hands.type(page.getByLabel('项目代码'), code)
  await hands.type(page.getByLabel('项目名称'), '图书馆图书购置')
  await hands.press(page.getByRole('button', { name: '开始填报' }))
  await hands.type(page.getByLabel('功能分类'), '2050204')
  await hands.choose(page.getByLabel('项目属性'), '经常性项目(长期开展)')
  for (const [label, text] of paper) await hands.type(page.getByLabel(label, { exact: true }), text)
  await hands.paste(page.getByLabel('数量指标 空行 实施期三级指标'), indicators(year))
  await expect(page.getByText('已粘贴 6 行指标')).toBeVisible()
  await expect(page.getByText('不少于 9000 册')).toBeVisible()
  await hands.type(page.getByLabel('经办人', { exact: true }), '经办人甲')
  await hands.type(page.getByLabel('填报日期'), `${year - 1}-11-20`)
  await hands.press(page.getByRole('button', { name: '加一行预算' }))
  await hands.press(page.getByRole('button', { name: '填年度资金总额 90,000' }))
  await submit(hands)
  return new URL(page.url()).pathname.replace('/app', '')
}

/** Submits, and answers in a few words what the checks only doubt. */
export async function submit(hands: Hands): Promise<void> {
  const { page } = hands
  await hands.press(page.getByRole('button', { name: '提交审核' }))
  const form = page.getByRole('form', { name: '提交审核' })
  await expect(form).toBeVisible()
  for (const field of await form.getByRole('textbox').all()) await hands.type(field, '按实际情况填写')
  await expectAccessible(page)
  await hands.press(form.getByRole('button', { name: '提交', exact: true }))
  await expect(page.getByText('已提交审核')).toBeVisible()
}

/** Sends a filing back with a remark on each of two fields. */
export async function returnWithRemarks(hands: Hands): Promise<void> {
  const { page } = hands
  for (const [field, remark] of [
    ['项目概况', '请写明图书馆现有册数'],
    ['年度目标', '请写明何时上架'],
  ]) {
    await hands.press(page.getByRole('button', { name: `对“${field}”写意见` }))
    await hands.type(page.getByLabel(`对“${field}”的意见`), remark ?? '')
  }
  await expectAccessible(page)
  await hands.press(page.getByRole('button', { name: '退回', exact: true }))
  await hands.type(page.getByLabel('理由'), '两处请补充')
  await hands.press(page.getByRole('button', { name: '确定退回' }))
  await expect(page.getByText(/已退回$/)).toBeVisible()
}

export async function pass(hands: Hands): Promise<void> {
  const { page } = hands
  await hands.press(page.getByRole('button', { name: '审核通过', exact: true }))
  await hands.press(page.getByRole('button', { name: '确定审核通过' }))
  await expect(page.getByText(/已审核通过$/)).toBeVisible()
}

/** Passes what was mended, of which only the two fields are shown as changed. */
export async function passDifference(hands: Hands): Promise<void> {
  const { page } = hands
  await expect(page.getByText('改了 2 处')).toBeVisible()
  await expect(page.locator('ins')).toHaveCount(2)
  await pass(hands)
}

/** Passes with the grade 优 on every question and as a whole. */
export async function passGraded(hands: Hands): Promise<void> {
  const { page } = hands
  await hands.press(page.getByRole('button', { name: '审核通过', exact: true }))
  await hands.press(page.getByRole('button', { name: '全部评优' }))
  await hands.type(page.getByRole('textbox', { name: '审核意见', exact: true }), '目标明确，指标可衡量。')
  await hands.choose(page.getByLabel('综合评定等级'), '优')
  await expectAccessible(page)
  await hands.press(page.getByRole('button', { name: '确定审核通过' }))
  await expect(page.getByText(/已审核通过$/)).toBeVisible()
}

/** Gives the 批复 to a department's whole year. */
export async function approve(hands: Hands, number: string, date: string): Promise<void> {
  const { page } = hands
  await hands.type(page.getByLabel('批复文号'), number)
  await hands.type(page.getByLabel('批复日期'), date)
  await expectAccessible(page)
  await hands.press(page.getByRole('button', { name: '批复', exact: true }))
  await expect(page.getByText(/^这个单位没有等待批复的申报和基本支出表/)).toBeVisible()
}
