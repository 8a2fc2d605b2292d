import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { as, demoPassword } from './app'
import { approve, fileFromPaper, pass, passDifference, passGraded, returnWithRemarks, submit } from './filing'
import { Keyboard, Meter, Mouse } from './hands'

test.describe.configure({ mode: 'parallel' })
test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

/** The year's tables of the filing unit, as the server gives them. */
async function tables(page: Page, year: number): Promise<string> {
  const found = await page.request.get('/api/units?text=701001')
  const { items } = (await found.json()) as { items: { id: string; code: string }[] }
  const id = items.find((one) => one.code === '701001')?.id
  const answer = await page.request.get(`/api/units/${id}/years/${year}/tables?state=initial`)
  return JSON.stringify(await answer.json())
}

test('a filing goes from the handler’s paper to its 批复, with one return', async ({ browser }) => {
  test.setTimeout(240_000)
  const first = new Mouse(await as(browser, 'preparer', '/000000000/701001/2025/filings/new'))
  const address = await fileFromPaper(first, '701001009', 2025)
  first.meter.tell('a filing from paper')
  const head = new Mouse(await as(browser, 'head', address))
  await returnWithRemarks(head)

  const handler = new Mouse(await (await browser.newContext()).newPage(), new Meter())
  await mend(handler)
  handler.meter.tell('a returned filing mended, from the login on')
  expect(handler.meter.seconds).toBeLessThan(50) // of a minute; the rest is for the machine

  await head.page.goto(`/app${address}`)
  await passDifference(head)
  for (const who of ['reviewer', 'business']) await pass(new Mouse(await as(browser, who, address)))
  await passGraded(new Mouse(await as(browser, 'performance', address)))
  const bureau = new Mouse(await as(browser, 'bureau', '/000000000/701/2025/approval'))
  await expect(bureau.page.getByRole('cell', { name: '图书馆图书购置' })).toBeVisible()
  await approve(bureau, '示财预〔2025〕1号', '2025-02-10')
  expect(await tables(bureau.page, 2025)).toContain('"total":"90000.00"')
})

/** Logs in, goes from the tasks to what was returned, and mends the two fields that have remarks. */
async function mend(handler: Mouse): Promise<void> {
  const { page } = handler
  await page.goto('/app/login')
  await handler.type(page.getByLabel('登录名'), 'demo-preparer')
  await handler.type(page.getByLabel('密码'), demoPassword)
  await handler.press(page.getByRole('button', { name: '登录' }))
  await handler.press(page.getByRole('link', { name: '图书馆图书购置' }))
  await expect(page.getByText('请写明图书馆现有册数').first()).toBeVisible()
  await handler.append(page.getByLabel('项目概况'), '现有二万册。')
  await handler.append(page.getByLabel('年度目标', { exact: true }), '十月底前上架。')
  await submit(handler)
}

test('the same by keyboard alone', async ({ browser }) => {
  test.setTimeout(240_000)
  const at = async (who: string, next: string) => new Keyboard(await as(browser, who, next))
  const handler = await at('preparer', '/000000000/701001/2028/filings/new')
  const address = await fileFromPaper(handler, '701001010', 2028)
  const head = await at('head', address)
  await returnWithRemarks(head)

  await handler.page.reload()
  await handler.type(handler.page.getByLabel('项目概况'), '分三年购置纸质图书，现有二万册。')
  await handler.type(handler.page.getByLabel('年度目标', { exact: true }), '本年购置三千册，十月底前上架。')
  await submit(handler)

  await head.page.goto(`/app${address}`)
  await passDifference(head)
  for (const who of ['reviewer', 'business']) await pass(await at(who, address))
  await passGraded(await at('performance', address))
  await approve(await at('bureau', '/000000000/701/2028/approval'), '示财预〔2028〕1号', '2028-02-10')
  expect(await tables(handler.page, 2028)).toContain('"total":"90000.00"')
})

test('a recurring project is filed again with eight typed fields at the most', async ({ browser }) => {
  const handler = new Mouse(await as(browser, 'preparer', '/000000000/701001/2025/filings/new'))
  const { page } = handler
  await handler.press(page.getByRole('button', { name: '沿用困难学生资助' }))
  await handler.press(page.getByRole('button', { name: '确认，开始填报' }))
  await handler.type(page.getByLabel('年度其中:中央财政资金'), '330000')
  await handler.type(page.getByLabel('年度省级财政资金'), '110000')
  await handler.type(page.getByLabel('年度市县(区)财政资金'), '110000')
  await handler.press(page.getByRole('button', { name: '填年度资金总额 550,000' }))
  await handler.type(page.getByLabel(/^时效指标 第 \d+ 行 实施期指标值$/), '2027年11月30日前')
  await handler.type(page.getByLabel(/^时效指标 第 \d+ 行 年度指标值$/), '2025年11月30日前')
  await handler.type(page.getByLabel('填报日期'), '2024-11-20')
  await submit(handler)
  handler.meter.tell('a recurring project from last year')
  expect(handler.meter.fields.size).toBeLessThanOrEqual(8)
})
