import { expect, test } from '@playwright/test'
import { expectAccessible, logIn } from './app'

test('a figure of a budget table leads to the filing that it comes from', async ({ page }) => {
  await logIn(page, 'bureau', '/000000000/602/2023/tables')
  await expect(page.getByRole('region', { name: '勾稽核对' })).toContainText('K01')
  await page.getByRole('link', { name: '2023年预算收入总表' }).click()
  await expect(page.getByRole('heading', { name: '2023年预算收入总表' })).toBeVisible()
  await expectAccessible(page)

  const line = page.getByRole('row', { name: /一般行政管理事务/ })
  await line.getByRole('link').first().click()
  const sheet = page.getByRole('dialog', { name: '数字来源' })
  await expect(sheet).toContainText('38,525,180 元')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await page.goBack() // an open figure has an address of its own
  await sheet.getByRole('link', { name: '干部教育培训经费' }).click()
  await expect(page).toHaveURL(/\/filings\/\d+$/)
  await expect(page.getByRole('heading', { name: /干部教育培训经费/ }).first()).toBeVisible()
})

test('a finding leads to its row, and last year stands beside', async ({ page }) => {
  await logIn(page, 'bureau', '/000000000/602/2023/findings?rule=K03')
  await page.getByRole('link', { name: '看表中“20805，合计”' }).first().click()
  await expect(page.locator('tr.marked')).toContainText('20805')
  await page.getByRole('link', { name: '上年对照' }).click()
  await expect(page.getByText('2022 年的这张表没有数据')).toBeVisible()
  await page.getByRole('link', { name: '预算草案' }).click()
  await expect(page.locator('tr.marked')).toHaveCount(0)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '本表 CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
})
