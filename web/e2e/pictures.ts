import { test } from '@playwright/test'
import type { Page, Route } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { logIn, paste } from './app'

const folder = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))
const full = '/000000000/701001/2024'
const year = /\/2024\//

/** Whose pages are taken, and where they begin; the navigation leads to the rest. */
const people: [who: string, start: string][] = [
  ['preparer', full],
  ['reviewer', '/000000000/701/2024'],
  ['bureau', '/000000000/701/2024'],
  ['publisher', '/000000000/701/2024'],
  ['admin', ''],
  ['security', ''],
  ['auditor', ''],
]

/** Pages that the navigation doesn't name. */
const others: [who: string, address: string][] = [
  ['preparer', `${full}/filings/new`],
  ['preparer', `${full}/filings/import`],
  ['preparer', `${full}/sheets/import`],
  ['preparer', `${full}/fund-flow`],
  ['bureau', '/000000000/701001/2024/whole-evaluation'],
  ['publisher', '/000000000/701001/2024/evaluations'],
  ['head', '/account/deputies'],
  ['preparer', '/notices'],
  ['preparer', '/account/password'],
]

/** How a page may fail, each shown on the list of filings. */
const failures: Record<string, (route: Route) => Promise<void>> = {
  lost: (route) => route.abort(),
  server: (route) => route.fulfill({ status: 500, json: { status: 500, detail: '' } }),
  ended: (route) => route.fulfill({ status: 401, json: { status: 401, detail: '' } }),
}

/** Takes the page as it stands at 1366 px, at 390 px, and with 18 px text. */
async function take(page: Page, name: string): Promise<void> {
  const shoot = (form: string) => page.screenshot({ path: `${folder}${name}-${form}.png`, fullPage: true })
  await page.waitForLoadState('networkidle')
  await shoot('1366')
  await page.evaluate(() => document.documentElement.classList.add('large'))
  await shoot('large')
  await page.evaluate(() => document.documentElement.classList.remove('large'))
  await page.setViewportSize({ width: 390, height: 844 })
  await shoot('390')
  await page.setViewportSize({ width: 1366, height: 768 })
}

function nameOf(address: string): string {
  return address.slice(1).replace(/\W+/g, '-')
}

const taken = new Set<string>()

/** Takes a page full, in a year without records, and where the server doesn't answer; once for all people. */
async function takeAll(page: Page, address: string): Promise<void> {
  for (const one of new Set([address, address.replace(year, '/2031/')])) {
    if (taken.has(one)) continue
    taken.add(one)
    await page.goto(`/app${one}`)
    await take(page, nameOf(one))
  }
}

for (const [who, start] of people) {
  test(`the pages of ${who}`, async ({ page }) => {
    await logIn(page, who, start ? `${start}/tasks` : '')
    const links = await page
      .locator('nav[aria-label="主导航"] a')
      .evaluateAll((all) => all.map((link) => (link.getAttribute('href') ?? '').replace('/app', '')))
    for (const address of links.filter((one) => one.startsWith('/'))) await takeAll(page, address)
    if (who !== 'bureau') return
    await page.route(/\/api\/(?!session|people|notices|units\?|years$)/, (route) => route.abort())
    for (const address of links) {
      await page.goto(`/app${address}`)
      await page.waitForTimeout(500)
      await page.screenshot({ path: `${folder}lost${nameOf(address)}-1366.png`, fullPage: true })
    }
  })
}

test('the pages that the navigation does not name', async ({ page }) => {
  for (const [who, address] of others) {
    await logIn(page, who, address)
    await takeAll(page, address)
  }
})

test('a page that fails', async ({ page }) => {
  for (const [name, fail] of Object.entries(failures)) {
    await page.route('**/api/filings?*', fail)
    await logIn(page, 'preparer', `${full}/filings`)
    await take(page, `failing-${name}`)
    await page.unroute('**/api/filings?*')
  }
  await logIn(page, 'preparer', '/settings/accounts')
  await take(page, 'failing-no-right')
})

test('the form and the sheet, blank, in work and submitted', async ({ page }) => {
  await logIn(page, 'preparer', '/000000000/701001/2027/filings/new')
  await page.getByLabel('项目代码').fill('701001030')
  await page.getByLabel('项目名称').fill('看一看')
  await page.getByRole('button', { name: '开始填报' }).click()
  await page.getByLabel('项目概况').waitFor()
  await take(page, 'form-blank')
  await page.getByLabel('年度市县(区)财政资金').fill('九万')
  await paste(page, '数量指标 空行 实施期三级指标', '购置册数\t≥9000册\t购置册数\t≥3000册')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByRole('form', { name: '提交审核' }).waitFor()
  await take(page, 'form-errors')
  await logIn(page, 'preparer', '/000000000/701001/2027/sheets/new')
  await page.getByRole('button', { name: '加一行', exact: true }).click()
  await take(page, 'sheet')
  await logIn(page, 'preparer', `${full}/filings`)
  await page.getByRole('link', { name: '困难学生资助' }).click()
  await page.getByText('已批复').first().waitFor()
  await take(page, 'form-approved')
})

test('the login', async ({ page }) => {
  await page.goto('/app/login')
  await take(page, 'login')
})
