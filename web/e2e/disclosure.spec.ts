import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, logIn } from './app'

/** Takes a step and fills in what its dialog asks for. */
async function climb(page: Page, act: string, fields: Record<string, string> = {}): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: act, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: act })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value)
  await dialog.getByRole('button', { name: act, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

test('a department’s document climbs the ladder and opens to everybody', async ({ page, browser }) => {
  await logIn(page, 'publisher', '/000000000/701/2024/disclosure')
  await expect(page.getByRole('heading', { name: '还没有生成公开文档' })).toBeVisible()
  await expectAccessible(page)
  const present = page.getByRole('list', { name: '公开办理进度' }).locator('[aria-current=step]')

  await page.getByRole('button', { name: '生成文档' }).click()
  await expect(present).toContainText('已生成')
  await page.getByRole('button', { name: '校验', exact: true }).click()
  await expect(present).toContainText('已校验')
  const override = page.getByRole('button', { name: '说明理由放行' })
  if (await override.isVisible()) await climb(page, '说明理由放行', { 理由: '演示数据不全，已核对' })
  await climb(page, '登记保密审查', { 姓名: '审查人', 日期: '2024-02-01' })
  await expect(present).toContainText('审查人')
  await climb(page, '登记负责人签批', { 姓名: '负责人', 日期: '2024-02-02' })
  await climb(page, '公开')
  await expect(present).toContainText('已公开')
  await expectAccessible(page)

  const address = await page.getByRole('link', { name: /打开\s*第 1 版/ }).getAttribute('href')
  const citizen = await browser.newPage()
  const answer = await citizen.goto(address ?? '')
  expect(answer?.status()).toBe(200)
  await expect(citizen.locator('h1')).toContainText('2024')
  await citizen.close()
})

test('a step that somebody else has taken meanwhile is told', async ({ page, context }) => {
  await logIn(page, 'publisher', '/000000000/701/2024/disclosure?scope=unit')
  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: '生成文档' }).click()
  await expect(other.getByRole('heading', { name: '第 1 版' })).toBeVisible()
  await page.getByRole('button', { name: '生成文档' }).click()
  await expect(page.getByRole('alert')).toContainText('刚被别人办理')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('heading', { name: '第 1 版' })).toBeVisible()
})

test('errors are listed by place, lead into the document and are overridden with a reason', async ({
  page,
}) => {
  await logIn(page, 'publisher', '/000000000/701002/2022/disclosure')
  await page.getByRole('button', { name: '生成文档' }).click()
  await page.getByRole('button', { name: '校验', exact: true }).click()
  const found = page.getByRole('heading', { name: '第 1 版的校验结果' }).locator('..')
  await expect(found.getByText('错误', { exact: true }).first()).toBeVisible()
  await expectAccessible(page)
  const document = await page.context().newPage()
  await document.goto(
    (await found
      .getByRole('link', { name: /到文中查看.*预算公开表/ })
      .first()
      .getAttribute('href')) ?? '',
  )
  await expect(document.locator(':target')).toBeVisible()
  await document.close()

  await page.getByRole('button', { name: '说明理由放行' }).click()
  const dialog = page.getByRole('dialog', { name: '说明理由放行' })
  await expectAccessible(page)
  await dialog.getByLabel('理由').fill('收入数待财政部门更正，先行公开')
  await dialog.getByRole('button', { name: '说明理由放行' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('演示公开发布人放行：收入数待财政部门更正，先行公开')).toBeVisible()
})

test('who may do nothing reads whether a right or a stage is missing', async ({ page }) => {
  await logIn(page, 'preparer', '/000000000/701001/2024/disclosure')
  await expect(page.getByText('下一步是“生成公开文档”。不可以：')).toBeVisible()
})
