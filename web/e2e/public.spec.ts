import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible } from './app'
import { publish } from './publish'
import { addressOf } from './server'

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: addressOf() })
  await publish(request, '701002', 2024)
  await request.dispose()
})

const unit = '/public/000000000/701002/2024/unit'

/** Every kind of page that citizens meet, with and without something on it. */
const pages = {
  'the catalogue': '/public/',
  'the catalogue with nothing found': '/public/?q=没有这样的单位',
  'the units side by side': '/public/units?year=2024&scope=unit',
  'no units side by side': '/public/units?year=1999&scope=unit',
  'a document': unit,
  'a version that was replaced': `${unit}?version=1`,
  'a table': `${unit}/tables/expenditure`,
  'an empty table': `${unit}/tables/stateCapitalExpenditure`,
  'the projects': `${unit}/projects`,
  'the years': `${unit}/years`,
  'what a correction changed': `${unit}/difference?version=2`,
  'the whole text': '',
  'a figure': '',
  'an error': '/public/000000000/1/1999/unit',
}

/** The address of a kind of page; some are met by following a link. */
async function open(page: Page, kind: keyof typeof pages): Promise<void> {
  if (kind === 'the whole text') {
    await page.goto(unit)
    await page.getByRole('link', { name: '全文', exact: true }).click()
  } else if (kind === 'a figure') {
    await page.goto(pages['a table'])
    await page.locator('table.budget td a').first().click()
  } else {
    await page.goto(pages[kind])
  }
}

for (const kind of Object.keys(pages) as (keyof typeof pages)[]) {
  test(`${kind} is accessible, fits a telephone and needs no script`, async ({ page }) => {
    test.setTimeout(120_000) // the whole text is long
    await open(page, kind)
    await expect(page.locator('h1').first()).toBeVisible()
    expect(await page.locator('script').count()).toBe(0)
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectFits(page)
    const large = new URL(page.url())
    large.searchParams.set('text', 'large')
    await page.goto(large.href)
    await expectFits(page)
  })
}

/** Holds that nothing but a table's own box scrolls sideways. */
async function expectFits(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }))
  expect(scrollWidth, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(clientWidth)
}

test('every data table has a caption and heads with a scope', async ({ page }) => {
  for (const kind of Object.keys(pages) as (keyof typeof pages)[]) {
    await open(page, kind)
    const lacking = await page.evaluate(
      () =>
        [...document.querySelectorAll('table')].filter(
          (table) => !table.caption?.textContent?.trim() || table.querySelector('thead th:not([scope])'),
        ).length,
    )
    expect(lacking, `${page.url()} has tables without`).toBe(0)
  }
})

test('a citizen goes from the catalogue to a project behind a figure by keyboard alone', async ({ page }) => {
  await page.goto('/public/')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused()
  await page.keyboard.press('Enter')
  await follow(page, /2024年单位预算/)
  await expect(page).toHaveURL(new RegExp(`${unit}$`))
  await follow(page, '项目')
  await expect(page.getByRole('heading', { name: '做到什么程度' }).first()).toBeVisible()
})

/** Tabs to a link and follows it. */
async function follow(page: Page, name: string | RegExp): Promise<void> {
  const link = page.getByRole('link', { name, exact: typeof name === 'string' }).last()
  for (let i = 0; i < 60 && !(await link.evaluate((one) => one === document.activeElement)); i++) {
    await page.keyboard.press('Tab')
  }
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
}
