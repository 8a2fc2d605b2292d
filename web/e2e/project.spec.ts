import { expect, test } from '@playwright/test'
import { expectAccessible, expectFits } from './app'
import { seat } from './api'

const year = 2033
const place = `/000000000/701001/${year}`

/** An indicator of both horizons. */
const row = (level1: string, level2: string, third: string, longTerm: string, annual: string) => ({
  level1,
  level2,
  longTerm: { name: third, value: longTerm },
  annual: { name: third, value: annual },
})

/** A filing that the checks have nothing against; its words are its own. */
function content(code: string, name: string): Record<string, unknown> {
  return {
    code,
    name,
    functionCode: '2050204',
    nature: 'recurring',
    budget: [{ fundKind: 'generalPublicBudget', source: 'currentYear', amount: '90000.00' }],
    form: {
      periodYears: 3,
      longTermFunds: { total: '270000.00', municipalCounty: '270000.00' },
      annualFunds: { total: '90000.00', municipalCounty: '90000.00' },
      overview: `${name}，分三年实施。`,
      basis: '《中小学图书馆（室）规程》',
      necessity: `${name}的现有条件低于规程要求，影响师生使用。`,
      safeguards: `${name}按政府采购程序办理，专人验收登记。`,
      plan: `${name}上半年确定清单，下半年采购到位。`,
      longTermGoal: `三年内完成${name}的全部内容，满足师生需要。`,
      annualGoal: `本年完成${name}三分之一的内容。`,
      handler: '经办人甲',
      filedAt: `${year - 1}-11-20`,
      indicators: [
        row('output', 'quantity', `${name}册数`, '≥9000册', '≥3000册'),
        row('output', 'quality', `${name}验收合格率`, '≥98%', '≥98%'),
        row('output', 'timeliness', `${name}完成时间`, `${year + 2}年10月底前`, `${year}年10月底前`),
        row('output', 'cost', `${name}总成本`, '≤270000元', '≤90000元'),
        row('benefit', 'social', '学生人均借阅量', '≥8册', '≥8册'),
        row('satisfaction', 'serviceRecipients', '师生满意度', '≥95%', '≥95%'),
      ],
    },
  }
}

test('projects come into both libraries, in the order that people give them', async ({
  browser,
  playwright,
  baseURL,
}) => {
  const handler = await seat(playwright.request, baseURL, 'preparer')
  const { id: unit } = (
    (await handler.get('/units?size=200'))['items'] as { id: string; code: string }[]
  ).find(({ code }) => code === '701001') ?? { id: '' }
  for (const [code, name] of [
    ['L1', '图书购置'],
    ['L2', '器材更新'],
  ] as const) {
    await handler.send('POST', '/filings', { unitId: unit, year, content: content(code, name) })
  }
  const page = await handler.open(browser, `${place}/projects?text=L1`)
  await page.getByRole('link', { name: '图书购置' }).click()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: '申请入库' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '申请入库' }).click()
  await expect(page.getByText('已申请入库')).toBeVisible()
  await expect(page.getByText('未入库 → 申请入库')).toBeVisible()
  await page.getByRole('button', { name: '登记评估结论' }).click()
  await expect(page.getByRole('dialog', { name: '登记事前绩效评估' })).toBeVisible()
  await expectAccessible(page)

  const department = await seat(playwright.request, baseURL, 'reviewer')
  const listed = (await handler.get(`/projects?year=${year}&region=000000000&text=L2`))['items'] as {
    id: string
    version: number
  }[]
  const second = listed[0] ?? { id: '', version: 0 }
  const proposed = await handler.send('POST', `/projects/${second.id}/proposed`, { year }, second.version)
  await department.send('POST', `/projects/${second.id}/admitted`, { year }, proposed['tag'] as string)
  const head = await department.open(browser, `${place}/tasks`)
  const waiting = head.getByRole('region', { name: '项目库待办' })
  await expect(waiting.getByRole('row', { name: /项目排序/ })).toContainText('部门排序：1 个项目还没有位次')
  await expectAccessible(head)
  await waiting.getByRole('link', { name: '图书购置' }).click()
  await head.getByRole('button', { name: '纳入部门项目库' }).click()
  await head.getByRole('dialog').getByRole('button', { name: '纳入部门项目库' }).click()
  await expect(head.getByText('已纳入部门项目库')).toBeVisible()
  await head.goto(`/app${place}/tasks`)
  await expect(waiting.getByRole('row', { name: /项目排序/ })).toContainText('2 个项目')
  await expect(waiting.getByText('图书购置')).toHaveCount(0)

  await head.goto(`/app${place}/projects?state=departmentReserve`)
  await head.getByRole('button', { name: '调整部门排序' }).click()
  const places = head.getByRole('textbox', { name: /的位次$/ })
  await head.getByLabel('器材更新的位次').fill('1')
  await head.getByLabel('器材更新的位次').press('Enter')
  await expect(head.getByLabel('器材更新的位次')).toHaveValue('1')
  await head.getByRole('button', { name: '图书购置上移' }).click()
  await expect(head.getByLabel('图书购置的位次')).toHaveValue('2')
  await expect(head.getByLabel('图书购置的位次')).toBeFocused()
  await head.keyboard.press('Alt+ArrowUp')
  await expect(places.first()).toHaveAccessibleName('图书购置的位次')
  await expect(head.getByLabel('器材更新的位次')).toHaveValue('2')
  await expectAccessible(head)
  await expectFits(head)

  const bureau = await seat(playwright.request, baseURL, 'bureau')
  const office = await bureau.open(browser, '/notices')
  await office
    .getByRole('listitem')
    .filter({ hasText: '“图书购置”等待您审核纳入财政项目库' })
    .getByRole('button', { name: /去办理/ })
    .click()
  await office.getByRole('button', { name: '纳入财政项目库', exact: true }).click()
  await office.getByRole('dialog').getByRole('button', { name: '纳入财政项目库' }).click()
  await expect(office.getByText('已纳入财政项目库')).toBeVisible()
  await expect(office.getByText('第 1 位', { exact: true })).toBeVisible()
  await office.getByRole('button', { name: '终止' }).click()
  await expect(office.getByRole('dialog')).toContainText(`自 ${year + 1} 年起终止`)
  await expectAccessible(office)
})
