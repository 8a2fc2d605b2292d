import { test } from '@playwright/test'
import type { Page, Route } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { logIn, paste } from './app'

const folder = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))
const full = '/000000000/701001/2024'
const empty = '/000000000/701001/2031'

/** Pages with something on them and, in a year without records, empty. */
const pages: [who: string, address: string][] = [
  ...['tasks', 'filings', 'sheets', 'filings/new', 'disclosure'].flatMap((view): [string, string][] => [
    ['preparer', `${full}/${view}`],
    ['preparer', `${empty}/${view}`],
  ]),
  ['bureau', '/000000000/701/2024/approval'],
  ['preparer', '/library'],
  ['preparer', '/notices'],
  ['head', '/account/deputies'],
  ['admin', '/settings/units'],
  ['security', '/settings/accounts'],
  ['security', '/settings/offices'],
  ['preparer', '/settings/catalogues'],
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

test('the pages, full and empty', async ({ page }) => {
  for (const [who, address] of pages) {
    await logIn(page, who, address)
    await take(page, nameOf(address))
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
