import { expect, test } from '@playwright/test'
import { as, expectAccessible, expectFits, paste } from './app'
import { approve, pass, submit } from './filing'
import { Mouse } from './hands'

/** A block as Excel puts it on the clipboard: heads, codes with their names, amounts in 万元, a sum. */
const block = [
  '功能科目\t部门经济科目\t资金性质\t金额（万元）',
  '2050204 高中教育\t30101 基本工资\t一般公共预算\t120.5',
  '\t30201 办公费\t一般公共预算\t8.25',
  '合计\t\t\t128.75',
].join('\n')

test('a basic sheet is pasted from Excel, coded by the mapping, kept, passed and approved', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await as(browser, 'preparer', '/000000000/701001/2029/sheets/new')
  await page.getByRole('button', { name: '加一行', exact: true }).click()
  await paste(page, '第 1 行部门经济科目', block)
  await page.getByRole('button', { name: '删除第 1 行', exact: true }).click()
  await expect(page.getByLabel('第 1 行金额')).toHaveValue('1,205,000')
  await expect(page.getByLabel('第 1 行经费类别')).toHaveValue('personnel')
  await expect(page.getByLabel('第 2 行经费类别')).toHaveValue('public')
  await expect(page.getByLabel('第 1 行政府经济科目')).not.toHaveValue('')
  await page.getByLabel('第 2 行采购类别').selectOption('货物')
  await page.getByLabel('第 2 行采购金额').fill('20000')
  await page.getByLabel('上年支出合计').fill('1200000')
  await page.getByLabel('主要职责').fill('实施高中学历教育。')
  await expect(page.getByText(/^已保存 \d\d:\d\d$/)).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  await page.reload()
  await expect(page.getByLabel('第 2 行采购金额')).toHaveValue('20,000')
  await expect(page.getByLabel('上年支出合计')).toHaveValue('1,200,000')

  await submit(new Mouse(page))
  const address = new URL(page.url()).pathname.replace('/app', '')
  for (const who of ['head', 'reviewer', 'business', 'performance'])
    await pass(new Mouse(await as(browser, who, address)))
  const bureau = new Mouse(await as(browser, 'bureau', '/000000000/701/2029/approval'))
  await expect(bureau.page.getByRole('cell', { name: '基本支出表' })).toBeVisible()
  await approve(bureau, '示财预〔2029〕1号', '2029-02-10')
  await page.reload()
  await expect(page.getByText('已批复', { exact: true }).first()).toBeVisible()
})
