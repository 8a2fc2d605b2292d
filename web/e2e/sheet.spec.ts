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

test('a remark stands at the cell of a sheet, and two people’s changes are put together', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const saved = /^已保存 \d\d:\d\d$/
  const handler = await as(browser, 'preparer', '/000000000/701001/2026/sheets/new')
  await handler.getByRole('button', { name: '加一行', exact: true }).click()
  const line: [string, string][] = [
    ['第 1 行功能科目', '2050204'],
    ['第 1 行部门经济科目', '30101'],
    ['第 1 行金额', '1200000'],
  ]
  for (const [label, text] of line) await handler.getByLabel(label, { exact: true }).fill(text)
  await handler.getByLabel('主要职责').fill('实施高中学历教育。')
  await expect(handler.getByText(saved)).toBeVisible()
  const address = new URL(handler.url()).pathname.replace('/app', '')

  const other = await as(browser, 'preparer', address)
  await other.getByLabel('第 1 行金额').fill('1250000')
  await other.getByLabel('主要职责').fill('实施高中学历教育，开展教研。')
  await expect(other.getByText(saved)).toBeVisible()
  await handler.getByLabel('第 1 行金额').fill('1300000')
  await handler.getByLabel('上年支出合计').fill('1100000')
  const conflict = handler.getByRole('alertdialog')
  await expect(conflict).toContainText('开展教研')
  await expectAccessible(handler)
  await conflict.getByRole('radio', { name: '1,250,000' }).check()
  await conflict.getByRole('button', { name: '合并后继续填写' }).click()
  await expect(handler.getByText(saved)).toBeVisible()
  await expect(handler.getByLabel('第 1 行金额')).toHaveValue('1,250,000')
  await expect(handler.getByLabel('上年支出合计')).toHaveValue('1100000')

  await handler.getByRole('button', { name: '提交审核' }).click()
  const form = handler.getByRole('form', { name: '提交审核' })
  for (const field of await form.getByRole('textbox').all()) await field.fill('按实际情况填写')
  await form.getByRole('button', { name: '提交', exact: true }).click()
  await expect(handler.getByText('已提交审核')).toBeVisible()

  const head = await as(browser, 'head', address)
  for (const [cell, text] of [
    ['第 1 行金额', '请核对工资总额'],
    ['第 1 行资金性质', '是否含专户资金'],
  ] as const) {
    await head.getByRole('button', { name: `对“${cell}”写意见` }).focus()
    await head.keyboard.press('Enter')
    await head.keyboard.type(text)
  }
  await expectAccessible(head)
  await head.getByRole('button', { name: '退回', exact: true }).click()
  await head.getByLabel('理由').fill('请核对')
  await head.getByRole('button', { name: '确定退回' }).click()
  await expect(head.getByText(/已退回$/)).toBeVisible()
  await handler.reload()
  await expect(handler.locator('[data-place="basicLines[0].amount"]')).toContainText('请核对工资总额')
  await expect(handler.locator('[data-place="basicLines[0].fundKind"]')).toContainText('是否含专户资金')
  await expectAccessible(handler)
})
