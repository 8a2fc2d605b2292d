import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** The demo accounts' password, which is published. */
export const password = 'biaochi-demo'

/** Logs in with a demo account, such as `preparer`, by the page that people use. */
export async function logIn(page: Page, who: string, next = '/'): Promise<void> {
  await page.goto(`/app/login?next=${encodeURIComponent(next)}`)
  await page.getByLabel('登录名').fill(`demo-${who}`)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('navigation', { name: '主导航' })).toBeAttached()
}

/** Holds that axe finds nothing on the page as it is, open dialogs with it. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    (one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `  ${node.html}`).join('\n')}`,
  )
  expect(found, `axe findings on ${page.url()}`).toEqual([])
}
