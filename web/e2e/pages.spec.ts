import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, expectFits, logIn, logInByPage } from './app'

test.describe.configure({ mode: 'parallel' })

/** Whose navigation is followed. */
const people = ['preparer', 'bureau', 'publisher', 'admin', 'security', 'auditor']

/** Pages beside the navigation, looked at once. */
const others = [
  '/app/notices',
  '/app/account/password',
  '/app/nowhere',
  '/app/000000000/701001/2026/filings/import',
  '/app/000000000/701001/2026/sheets/import',
  '/app/000000000/701001/2024/fund-flow',
]

/** What stood on the pages that were looked at: several people see the same library. */
const seen = new Set<string>()

/** Looks at the page in three forms, unless it shows just what somebody else was shown. */
async function look(page: Page): Promise<void> {
  await expect(page.locator('main h1')).toBeVisible()
  await expect(page.locator('[role=status]', { hasText: '正在读取' })).toHaveCount(0)
  await expect(page.locator('[role=alert]'), `${page.url()} fails`).toHaveCount(0)
  const shown = await page.locator('main').innerHTML()
  if (seen.has(shown)) return
  seen.add(shown)
  await expectAccessible(page)
  await expectFits(page)
  await page.evaluate(() => document.documentElement.classList.add('large'))
  await expectFits(page)
  await page.evaluate(() => document.documentElement.classList.remove('large'))
}

for (const who of people) {
  test(`every page of ${who} opens and is accessible`, async ({ page }) => {
    test.setTimeout(120_000)
    await logIn(page, who)
    const addresses = await page
      .locator('nav[aria-label="主导航"] a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses) {
      const link = page.locator(`nav[aria-label="主导航"] a[href="${address}"]`)
      if ((await link.count()) === 0) await page.goBack() // from a page of the server's
      await link.click()
      await expect(page).toHaveURL(address)
      await look(page)
    }
  })
}

test('the pages beside the navigation open and are accessible', async ({ page }) => {
  await logIn(page, 'preparer')
  for (const address of others) {
    await page.goto(address)
    await look(page)
  }
})

test('a page that can’t be fetched says so and can be tried again', async ({ page }) => {
  await logIn(page, 'bureau')
  await page.route('**/api/filings?*', (route) => route.abort())
  await page.getByRole('link', { name: '绩效目标申报', exact: true }).first().click()
  await expect(page.getByRole('alert')).toContainText('连不上服务器')
  await expectAccessible(page)
  await page.unroute('**/api/filings?*')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('the first load is small', async ({ page }) => {
  let bytes = 0
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
  await logInByPage(page, 'bureau')
  await expect(page.getByRole('heading', { name: '我的任务' })).toBeVisible()
  console.info(`first load, login to tasks: ${Math.round(bytes / 1024)} kB`)
  expect(bytes).toBeLessThan(220 * 1024)
})
