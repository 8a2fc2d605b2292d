import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, logIn } from './app'

test.setTimeout(180_000) // a busy machine needs long for many looks of axe

const place = '/000000000/701001/2026'

async function choose(page: Page, label: string, text: string): Promise<void> {
  const file = { name: '表.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
  await page.getByRole('button', { name: label }).setInputFiles(file)
}

test('projects of a foreign table come in: columns corrected, rows seen, all or none', async ({ page }) => {
  await logIn(page, 'preparer', `${place}/filings`)
  await page.getByRole('link', { name: '导入项目' }).click()
  await expect(page.getByRole('heading', { name: '导入项目' })).toBeVisible()
  await expectAccessible(page)
  const head = '某单位 2026 年项目表,,,\n项目编码,项目名称,情况,预算（万元）\n'
  await choose(page, '选择文件', `${head}701001811,操场翻新,翻新操场。,12.5\n701001812,,无名,三万\n`)
  const columns = page.getByRole('region', { name: '各列对应的内容' })
  await expect(page.getByLabel('标题在第几行')).toHaveValue('2')
  await columns.getByLabel('C 列 情况 导入为').selectOption('overview')
  await columns.getByLabel('D 列 预算（万元） 导入为').selectOption('generalPublicBudget')
  await page.getByLabel('金额单位').selectOption('万元')
  await expectAccessible(page)
  await page.getByRole('button', { name: '看每一行会成为什么' }).click()
  const rows = page.getByRole('region', { name: '每一行会成为什么' })
  await expect(rows.getByRole('row', { name: /701001812/ })).toContainText('不能导入')
  await expect(page.getByText('有 1 行不能导入')).toBeVisible()
  await expect(page.getByRole('button', { name: /全部导入为草稿/ })).toHaveCount(0)
  await expectAccessible(page)

  await choose(page, '换一个文件', `${head}701001811,操场翻新,翻新操场。,12.5\n701001812,有名,有名。,3\n`)
  await columns.getByLabel('C 列 情况 导入为').selectOption('overview')
  await columns.getByLabel('D 列 预算（万元） 导入为').selectOption('generalPublicBudget')
  await page.getByRole('button', { name: '看每一行会成为什么' }).click()
  const first = rows.getByRole('row', { name: /操场翻新/ })
  await expect(first).toContainText('新建草稿')
  await first.getByText('3 处内容').click()
  await expect(first).toContainText('翻新操场。')
  await page.getByRole('button', { name: '全部导入为草稿（2 行）' }).click()
  await expect(page.getByText('新建草稿 2 行')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: '去看导入的草稿' }).click()
  await page.getByRole('link', { name: '操场翻新' }).click()
  await expect(page.getByLabel('项目概况')).toHaveValue('翻新操场。')
  await expect(page.getByText('125,000')).toBeVisible()
})

test('basic lines of a foreign table come in', async ({ page }) => {
  await logIn(page, 'preparer', `${place}/sheets`)
  await page.getByRole('link', { name: '导入基本支出' }).click()
  await choose(page, '选择文件', '功能科目,部门经济科目,资金性质,金额\n2050204,30101,一般公共预算,1205000\n')
  await page.getByRole('button', { name: '看每一行会成为什么' }).click()
  await expect(page.getByText('新建 1 行')).toBeVisible()
  await page.getByRole('button', { name: /全部导入为草稿/ }).click()
  await expect(page.getByText('新建草稿 1 行')).toBeVisible()
  await page.getByRole('link', { name: '去看导入的草稿' }).click()
  await expect(page.getByText('120.50').first()).toBeVisible()
})
