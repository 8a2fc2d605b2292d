import { expect, request } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import axe from 'axe-core'
import { addressOf } from './server'

/** The demo accounts' password, which is published. */
export const demoPassword = 'biaochi-demo'

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>
const sessions = new Map<string, Cookies>()

/**
 * Opens a page as a demo account, such as `preparer`. All tests of a worker share one
 * session of each account: a path that ends its session logs in by `logInByPage`.
 */
export async function logIn(page: Page, who: string, next = '/'): Promise<void> {
  const cookies = sessions.get(who) ?? (await newSession(who))
  sessions.set(who, cookies)
  await page.context().addCookies(cookies)
  await page.goto(`/app${next}`)
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeAttached()
}

async function newSession(who: string): Promise<Cookies> {
  const client = await request.newContext({ baseURL: addressOf() })
  const answer = await client.post('/api/session', { data: { login: `demo-${who}`, password: demoPassword } })
  expect(answer.status()).toBe(201)
  const { cookies } = await client.storageState()
  await client.dispose()
  return cookies
}

/** Logs in as people do, for a session of one's own. */
export async function logInByPage(page: Page, who: string, next = '/'): Promise<void> {
  await page.goto(`/app/login?next=${encodeURIComponent(next)}`)
  await page.getByLabel('登录名').fill(`demo-${who}`)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeAttached()
}

/** Another person at another computer. */
export async function as(browser: Browser, who: string, next: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await logIn(page, who, next)
  return page
}

/** Pastes what a copy from Excel puts on the clipboard: cells parted by tabs, rows by line ends. */
export async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).evaluate((field, block) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', block)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Holds that axe finds nothing on the page as it is, open dialogs with it. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0) // dimmed while it is fetched again
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: typeof axe }
    return (await inPage.run({ resultTypes: ['violations'] })).violations
  })
  const found = violations.map(
    (one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `  ${node.html}`).join('\n')}`,
  )
  expect(found, `axe findings on ${page.url()}`).toEqual([])
}

/** Holds that at 390 px nothing but a table's own box scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  const size = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }))
  expect(scrollWidth, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(clientWidth)
  if (size) await page.setViewportSize(size)
}
