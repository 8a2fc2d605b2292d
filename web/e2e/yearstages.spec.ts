import { expect, test } from '@playwright/test'
import { as, expectAccessible, expectFits, logIn } from './app'

// A year that no other path touches.
const at = '/000000000/701/2031/stages'

test('the bureau opens a year, moves a date for all and for one unit, and closes it', async ({
  page,
  browser,
}) => {
  await logIn(page, 'bureau', at)
  await expect(page.getByRole('heading', { name: '2031 年度还没有开启' })).toBeVisible()
  await expect(page.getByText('还没有单位起算')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByRole('button', { name: '开启 2031 年度' }).click()
  await page.getByLabel('理由').fill('布置 2031 年预算')
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: '开启年度' }).click()
  await expect(page.getByRole('heading', { name: '2031 年度还没有开启' })).toHaveCount(0)
  await expect(page.getByText('理由：布置 2031 年预算')).toBeVisible()

  const first = page.getByRole('row', { name: /^一上/ })
  await first.getByRole('button', { name: '设定期限' }).click()
  await page.getByLabel('截止日期').fill('2030-10-15')
  await page.getByLabel('理由').fill('按通知')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(first).toContainText('2030-10-15')
  await expect(first).toContainText('本年设定')

  await first.getByRole('button', { name: '设定期限' }).click()
  await page.getByLabel('适用范围').selectOption('个别单位（含其下级）')
  await page.getByRole('button', { name: /示例开发区第一中学/ }).click()
  await page.getByLabel('截止日期').fill('2030-10-31')
  await page.getByLabel('理由').fill('校舍搬迁')
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(first).toContainText('示例开发区第一中学：2030-10-31 前')
  await expect(page.getByText(/示例开发区第一中学：由 截至 2030-10-15 改为 截至 2030-10-31/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)

  // A date out of order is refused where it was typed; whoever only files sees the dates and no buttons.
  await page.getByRole('row', { name: /^二上/ }).getByRole('button', { name: '设定期限' }).click()
  await page.getByLabel('截止日期').fill('2030-09-01')
  await page.getByLabel('理由').fill('试')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('截止日期不能早于')
  await page.getByRole('button', { name: '取消' }).click()
  const handler = await as(browser, 'preparer', '/000000000/701001/2031/stages')
  await expect(handler.getByRole('row', { name: /^一上/ })).toContainText('2030-10-31')
  await expect(handler.getByRole('button', { name: /设定期限|关闭年度/ })).toHaveCount(0)

  await page.getByRole('button', { name: '关闭年度' }).click()
  await page.getByLabel('理由').fill('试毕')
  await page.getByRole('dialog').getByRole('button', { name: '关闭年度' }).click()
  await expect(page.getByText('关闭，不再提醒')).toBeVisible()
  await expect(page.getByRole('button', { name: /设定期限|关闭年度/ })).toHaveCount(0)
})
