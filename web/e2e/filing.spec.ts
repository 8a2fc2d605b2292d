import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { as, expectAccessible, paste } from './app'

const place = '/000000000/701001/2025'

/** The block of indicators as it lies on the clipboard after copying it from Excel. */
const indicators = [
  '一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值',
  '产出指标\t数量指标\t图书购置册数\t≥9000册\t数量指标\t图书购置册数\t≥3000册',
  '\t质量指标\t图书验收合格率\t≥98%\t质量指标\t图书验收合格率\t≥98%',
  '\t时效指标\t采购完成时间\t2027年10月底前\t时效指标\t采购完成时间\t2025年10月底前',
  '\t成本指标\t图书采购总成本\t≤270000元\t成本指标\t图书采购总成本\t≤90000元',
  '效益指标\t社会效益指标\t学生人均借阅量\t≥8册\t社会效益指标\t学生人均借阅量\t≥8册',
  '满意度指标\t服务对象满意度指标\t师生满意度\t≥95%\t服务对象满意度指标\t师生满意度\t≥95%',
].join('\n')

async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^已保存 \d\d:\d\d$/)).toBeVisible()
}

/** Submits, and answers in a few words what the checks only doubt. */
async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提交审核' }).click()
  const form = page.getByRole('form', { name: '提交审核' })
  for (const field of await form.getByRole('textbox').all()) await field.fill('按实际情况填写')
  await expectAccessible(page)
  await form.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByText('已提交审核')).toBeVisible()
}

async function pass(page: Page): Promise<void> {
  await page.getByRole('button', { name: '审核通过', exact: true }).click()
  await page.getByRole('button', { name: '确定审核通过' }).click()
  await expect(page.getByText(/已审核通过$/)).toBeVisible()
}

test('a filing goes from the handler’s paper to its 批复, with one return', async ({ browser }) => {
  test.setTimeout(300_000)
  const handler = await as(browser, 'preparer', `${place}/filings/new`)
  const started = Date.now()
  await handler.getByLabel('项目代码').fill('701001009')
  await handler.getByLabel('项目名称').fill('图书馆图书购置')
  await handler.getByRole('button', { name: '开始填报' }).click()
  const typed: [string, string][] = [
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
    ['经办人', '经办人甲'],
    ['填报日期', '2024-11-20'],
  ]
  await handler.getByLabel('项目属性').selectOption('经常性项目(长期开展)')
  for (const [label, text] of typed) await handler.getByLabel(label, { exact: true }).fill(text)
  await paste(handler, '数量指标 空行 实施期三级指标', indicators)
  await expect(handler.getByText('已粘贴 6 行指标')).toBeVisible()
  await expect(handler.getByText('不少于 9000 册')).toBeVisible()
  await handler.getByLabel('功能分类').fill('2050204')
  await handler.getByRole('button', { name: '加一行预算' }).click()
  await handler.getByRole('button', { name: '填年度资金总额 90,000' }).click()
  await saved(handler)
  await expectAccessible(handler)
  await submit(handler)
  const address = new URL(handler.url()).pathname.replace('/app', '')
  test
    .info()
    .annotations.push({ type: 'seconds to file', description: String((Date.now() - started) / 1000) })

  const head = await as(browser, 'head', address)
  await head.getByRole('button', { name: '对“项目概况”写意见' }).focus()
  await head.keyboard.press('Enter')
  await head.keyboard.type('请写明图书馆现有册数')
  await head.getByRole('button', { name: '对“年度目标”写意见' }).focus()
  await head.keyboard.press('Enter')
  await head.keyboard.type('请写明何时上架')
  await expectAccessible(head)
  await head.getByRole('button', { name: '退回', exact: true }).click()
  await head.getByLabel('理由').fill('两处请补充')
  await head.getByRole('button', { name: '确定退回' }).click()
  await expect(head.getByText(/已退回$/)).toBeVisible()

  await handler.reload()
  await expect(handler.getByText('请写明图书馆现有册数').first()).toBeVisible()
  await handler.getByLabel('项目概况').fill('分三年为学校图书馆购置纸质图书，现有两万册。')
  await handler.getByLabel('年度目标', { exact: true }).fill('本年购置图书三千册，十月底前全部上架。')
  await saved(handler)
  await submit(handler)

  await head.goto(`/app${address}`)
  await expect(head.getByText('改了 2 处')).toBeVisible()
  await expect(head.locator('ins')).toHaveCount(2)
  await pass(head)
  for (const who of ['reviewer', 'business']) await pass(await as(browser, who, address))

  const performance = await as(browser, 'performance', address)
  await performance.getByRole('button', { name: '审核通过', exact: true }).click()
  await performance.getByRole('button', { name: '全部评优' }).click()
  await performance.getByLabel('综合评定等级').selectOption('优')
  await performance.getByRole('textbox', { name: '审核意见', exact: true }).fill('目标明确，指标可衡量。')
  await expectAccessible(performance)
  await performance.getByRole('button', { name: '确定审核通过' }).click()
  await expect(performance.getByText(/已审核通过$/)).toBeVisible()

  const bureau = await as(browser, 'bureau', '/000000000/701/2025/approval')
  await bureau.getByLabel('批复文号').fill('示财预〔2025〕1号')
  await bureau.getByLabel('批复日期').fill('2025-02-10')
  await expect(bureau.getByRole('cell', { name: '图书馆图书购置' })).toBeVisible()
  await expectAccessible(bureau)
  await bureau.getByRole('button', { name: '批复', exact: true }).click()
  await expect(bureau.getByText(/^这个单位没有等待批复的申报和基本支出表/)).toBeVisible()

  const unit = await bureau.request.get('/api/units?text=701001')
  const { items } = (await unit.json()) as { items: { id: string; code: string }[] }
  const id = items.find((one) => one.code === '701001')?.id
  const tables = await bureau.request.get(`/api/units/${id}/years/2025/tables?state=initial`)
  expect(JSON.stringify(await tables.json())).toContain('"total":"90000.00"')
})
