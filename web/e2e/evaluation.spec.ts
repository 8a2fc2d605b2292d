import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { seat } from './api'
import type { Seat } from './api'
import { expectAccessible, expectFits } from './app'

/** The year that server.ts brings in for this path alone. */
const year = 2021
const at = (view: string): string => `/000000000/701001/${year}/${view}`

type Json = Record<string, any> // eslint-disable-line -- contents travel through untouched

/** Fills the self-evaluation of a project in as the targets have it, and gets it confirmed. */
async function evaluate(preparer: Seat, head: Seat, id: string): Promise<void> {
  const path = `/filings/${id}/evaluation`
  const sheet = await preparer.get(path)
  const said = (sheet['lines'] as Json[]).map(({ level1, level2, name, target, judged }) => ({
    level1,
    level2,
    name,
    causes: [],
    cause: '按计划完成',
    ...(judged ? { band: sheet['bands'][0].key, share: 90 } : { actual: target.replace(/[≥≤]/g, '') }),
  }))
  const saved = await preparer.send('PUT', path, { said, goalResult: '完成' }, sheet['version'])
  const handed = await preparer.send('POST', `${path}/submitted`, { tooLow: [] }, saved['version'])
  await head.send('POST', `${path}/confirmed`, { tooLow: [] }, handed['version'])
}

async function expectReadable(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectFits(page)
}

test('self-evaluations are evaluated by the department, published, and made into the whole unit’s', async ({
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000)
  const sit = (who: string): Promise<Seat> => seat(playwright.request, baseURL, who)
  const preparer = await sit('preparer')
  const head = await sit('head')
  const reviewer = await sit('reviewer')
  const publisher = await sit('publisher')
  const { items } = await preparer.get(`/filings?year=${year}&size=50`)
  const [first, second] = ['701001003', '701001004'].map(
    (code) => (items as Json[]).find((one) => one['code'] === code)?.['id'] as string,
  )
  for (const id of [first, second]) await evaluate(preparer, head, id as string)

  // The department thinks less of one indicator, which asks for a reason; issued, it can only be read.
  const desk = await reviewer.open(browser, at(`evaluation/${first}`))
  const own = desk.getByRole('region', { name: '部门评价', exact: true })
  await own.getByLabel('资助学生人次 评价得分').fill('5')
  await own.getByRole('button', { name: '保存部门评价' }).click()
  await expect(own.getByText('得分与自评不同，请说明理由')).toBeVisible()
  await own.getByLabel('资助学生人次 与自评不同的理由').fill('名册缺 20 人')
  await own.getByLabel('存在问题').fill('佐证材料不全')
  await expectReadable(desk)
  await own.getByRole('button', { name: '保存部门评价' }).click()
  await own.getByRole('button', { name: '下达部门评价' }).click()
  await desk.getByLabel('事由').fill('年度评价')
  await desk.getByRole('dialog').getByRole('button', { name: '下达部门评价' }).click()
  await expect(own.getByText(/\d{4}-\d\d-\d\d 下达/)).toBeVisible()
  await expect(own.getByRole('textbox')).toHaveCount(0)

  const handler = await preparer.open(browser, at(`evaluation/${first}`))
  await expect(handler.getByRole('region', { name: '部门评价', exact: true })).toContainText('名册缺 20 人')
  await handler.getByText('办理历史').click()
  await expect(handler.getByText('下达部门评价')).toBeVisible()
  await handler.getByRole('button', { name: '编制下年申报' }).click()
  await expect(handler.getByRole('dialog', { name: `编制 ${year + 1} 年申报` })).toBeVisible()
  await expectAccessible(handler)
  await handler.getByRole('button', { name: '取消' }).click()

  // Two of five go out before the whole unit's evaluation is confirmed.
  const board = await publisher.open(browser, at('evaluations'))
  await expect(board.getByText('还有 3 个没有确认')).toBeVisible()
  await expect(board.getByText('整体支出自评没有确认，公开时不包括')).toBeVisible()
  await board.getByRole('button', { name: '公开自评结果' }).click()
  await expectAccessible(board)
  await board.getByRole('dialog').getByRole('button', { name: '公开自评结果' }).click()
  await expect(board.getByRole('row', { name: /第 1 次/ })).toContainText('首次公开')

  // The whole unit: the projects' sum is taken over, what no project has is judged.
  await handler.goto(`/app${at('tasks')}`)
  const whole = handler.getByRole('row', { name: /填报整体支出自评表/ })
  await whole.getByRole('link').click()
  await handler.getByRole('button', { name: /^采用/ }).click()
  await handler.getByLabel('办学水平 达成档次').selectOption({ index: 1 })
  await handler.getByLabel('办学水平 得分比例，%').fill('90')
  await handler.getByLabel('年度总体目标实际完成情况').fill('完成')
  await expect(handler.getByRole('row', { name: /资助学生人次/ })).toContainText('106.80%')
  await expectReadable(handler)
  await handler.getByRole('button', { name: '提交', exact: true }).click()
  await expect(handler.getByText('待确认')).toBeVisible()
  const chief = await head.open(browser, at('whole-evaluation'))
  await chief.getByRole('button', { name: '确认', exact: true }).click()
  await expect(chief.getByText('已确认').first()).toBeVisible()
  const document = await chief.getByRole('link', { name: /^PDF/ }).getAttribute('href')
  expect((await chief.request.get(document ?? '')).headers()['content-type']).toBe('application/pdf')

  // The bureau thinks less of it, and the unit reads why.
  const bureau = await (await sit('performance')).open(browser, at('whole-evaluation'))
  const verdict = bureau.getByRole('region', { name: '财政评价', exact: true })
  await verdict.getByLabel('办学水平 评价得分').fill('30')
  await verdict.getByLabel('办学水平 与自评不同的理由').fill('缺少测评材料')
  await verdict.getByRole('button', { name: '保存财政评价' }).click()
  await verdict.getByRole('button', { name: '下达财政评价' }).click()
  await bureau.getByLabel('事由').fill('年度评价')
  await bureau.getByRole('dialog').getByRole('button', { name: '下达财政评价' }).click()
  await expect(verdict.getByText(/\d{4}-\d\d-\d\d 下达/)).toBeVisible()
  await expect(verdict.getByRole('row', { name: /办学水平/ })).toContainText('达成预期指标')
  await expectReadable(bureau)
  await handler.reload()
  await expect(handler.getByRole('region', { name: '财政评价', exact: true })).toContainText('缺少测评材料')

  // It goes out with the next publishing, which says why; what went out stands on the public site.
  await board.reload()
  await board.getByRole('button', { name: '再次公开' }).click()
  await board.getByLabel('再次公开的理由').fill('补充整体支出自评')
  await board.getByRole('dialog').getByRole('button', { name: '公开自评结果' }).click()
  const newest = board.getByRole('row', { name: /第 2 次/ })
  await expect(newest).toContainText('补充整体支出自评')
  await expectReadable(board)
  await newest.getByRole('link', { name: /^自评表（网页）/ }).click()
  await expect(board.getByRole('heading', { name: /整体支出自评结果/ })).toBeVisible()
  await expect(board.getByText('困难学生资助').first()).toBeVisible()
})
