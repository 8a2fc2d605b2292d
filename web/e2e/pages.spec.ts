import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, logIn } from './app'

/** Pages that no link of the navigation leads to. */
const others = [
  '/app/notices',
  '/app/account/password',
  '/app/nowhere',
  '/app/000000000/701001/2026/filings/import',
  '/app/000000000/701001/2026/sheets/import',
]

/** Follows every link of the navigation that this person has, and looks at each page in three forms. */
async function sweep(page: Page): Promise<void> {
  const addresses = await page
    .locator('nav[aria-label="主导航"] a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(addresses.length).toBeGreaterThan(0)
  for (const address of [...addresses, ...others]) {
    await page.setViewportSize({ width: 1366, height: 768 })
    await page.goto(address)
    await expect(page.locator('main h1')).toBeVisible()
    await expect(page.locator('[role=status]', { hasText: '正在读取' })).toHaveCount(0)
    await expect(page.locator('[role=alert]'), `${address} fails`).toHaveCount(0)
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectFits(page)
  }
}

/** Holds that nothing but a table's own box scrolls sideways. */
async function expectFits(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }))
  expect(scrollWidth, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(clientWidth)
}

for (const who of ['preparer', 'bureau', 'publisher', 'admin', 'security', 'auditor']) {
  test(`every page of ${who} opens and is accessible`, async ({ page }) => {
    test.setTimeout(180_000)
    await logIn(page, who)
    await sweep(page)
  })
}

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
  await page.goto('/app/login')
  await logIn(page, 'bureau')
  await expect(page.getByRole('heading', { name: '我的任务' })).toBeVisible()
  console.info(`first load, login to tasks: ${Math.round(bytes / 1024)} kB`)
  expect(bytes).toBeLessThan(220 * 1024)
})
