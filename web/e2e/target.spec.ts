import { expect, test } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { expectAccessible, logIn } from './app'

const indicators = [
  '产出指标\t数量指标\t在校学生人数\t≥1200人\t数量指标\t在校学生人数\t≥1200人',
  '\t质量指标\t课程开设率\t100%\t质量指标\t课程开设率\t100%',
  '\t时效指标\t教学计划完成时间\t2028年12月底前\t时效指标\t教学计划完成时间\t2026年12月底前',
  '\t成本指标\t生均公用支出\t≤1200元/人\t成本指标\t生均公用支出\t≤1200元/人',
  '效益指标\t社会效益指标\t学业水平考试合格率\t≥95%\t社会效益指标\t学业水平考试合格率\t≥95%',
  '满意度指标\t服务对象满意度指标\t家长满意度\t≥90%\t服务对象满意度指标\t家长满意度\t≥90%',
].join('\n')

async function as(browser: Browser, who: string, next: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await logIn(page, who, next)
  return page
}

test('a unit’s own target is filed, returned with a remark at its cell, mended and passed', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const handler = await as(browser, 'preparer', '/000000000/701001/2026/targets/new')
  const typed: [string, string][] = [
    ['年度市县(区)财政资金', '1500000'],
    ['基本支出', '1,200,000'],
    ['项目支出', '30万元'],
    ['中长期目标', '三年内建成标准化高中。'],
    ['年度总体目标', '完成全年教学任务。'],
    ['任务 1 名称', '保障教学运转'],
    ['任务 1 主要内容', '教职工工资和日常公用支出。'],
    ['任务 1 财政拨款', '1500000'],
    ['负责人', '负责人甲'],
    ['经办人', '经办人甲'],
    ['填报日期', '2025-11-20'],
  ]
  await handler.getByRole('button', { name: '加一项任务' }).click()
  for (const [label, text] of typed) await handler.getByLabel(label, { exact: true }).fill(text)
  await handler.getByLabel('数量指标 空行 实施期三级指标').evaluate((field, block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, indicators)
  await expect(handler.getByText(/^已保存 \d\d:\d\d$/)).toBeVisible()
  await expectAccessible(handler)
  const submit = async () => {
    await handler.getByRole('button', { name: '提交审核' }).click()
    const form = handler.getByRole('form', { name: '提交审核' })
    for (const field of await form.getByRole('textbox').all()) await field.fill('按实际情况填写')
    await form.getByRole('button', { name: '提交', exact: true }).click()
    await expect(handler.getByText('已提交审核')).toBeVisible()
  }
  await submit()
  const address = new URL(handler.url()).pathname.replace('/app', '')

  const head = await as(browser, 'head', address)
  await head.getByRole('button', { name: '对“年度总体目标”写意见' }).focus()
  await head.keyboard.press('Enter')
  await head.keyboard.type('请写明合格率')
  await expectAccessible(head)
  await head.getByRole('button', { name: '退回', exact: true }).click()
  await head.getByLabel('理由').fill('目标请写具体')
  await head.getByRole('button', { name: '确定退回' }).click()
  await expect(head.getByText(/已退回$/)).toBeVisible()

  await handler.reload()
  await expect(handler.locator('[data-place=annualGoal]')).toContainText('请写明合格率')
  await handler.getByLabel('年度总体目标').fill('完成全年教学任务，学业水平考试合格率不低于 95%。')
  await expect(handler.getByText(/^已保存 \d\d:\d\d$/)).toBeVisible()
  await submit()

  for (const who of ['head', 'reviewer', 'business', 'performance']) {
    const reviewer = who === 'head' ? head : await as(browser, who, address)
    if (who === 'head') {
      await head.goto(`/app${address}`)
      await expect(head.getByText('改了 1 处')).toBeVisible()
    }
    await reviewer.getByRole('button', { name: '审核通过', exact: true }).click()
    const overall = reviewer.getByLabel('综合评定等级')
    if (await overall.isVisible()) {
      await reviewer.getByRole('button', { name: '全部评良' }).click()
      await overall.selectOption('良')
    }
    await reviewer.getByRole('button', { name: '确定审核通过' }).click()
    await expect(reviewer.getByText(/已审核通过$/)).toBeVisible()
  }
  await handler.goto('/app/000000000/701001/2026/targets')
  await expect(handler.getByRole('row', { name: /整体支出绩效目标/ })).toContainText('审核通过')
  await expect(handler.getByRole('row', { name: /整体支出绩效目标/ })).toContainText('良')
})
