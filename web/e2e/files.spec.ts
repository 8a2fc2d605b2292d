import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, logIn } from './app'
import { retyped } from './workbook'

test.setTimeout(180_000) // a busy machine needs long for many looks of axe

const place = '/000000000/701001/2026'

/** Begins a filing of its own, so that the path depends on no other. */
async function begin(page: Page, code: string, name: string): Promise<void> {
  await logIn(page, 'preparer', `${place}/filings/new`)
  await page.getByLabel('项目代码').fill(code)
  await page.getByLabel('项目名称').fill(name)
  await page.getByRole('button', { name: '开始填报' }).click()
  await expect(page.getByLabel('项目概况')).toBeVisible()
}

test('attachments come in, are told what is wrong with them, and go', async ({ page }) => {
  await begin(page, '701001801', '附件一项')
  const panel = page.getByRole('region', { name: '附件' })
  await expect(panel).toContainText('还没有附件')
  const pdf = {
    name: '立项批复.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\nsome basis'),
  }
  await panel
    .getByLabel('上传附件')
    .setInputFiles([
      pdf,
      { name: '旧表.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from('x') },
      { name: '照片.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') },
    ])
  await expect(panel.getByRole('link', { name: '立项批复.pdf' })).toBeVisible()
  await expect(panel.getByText('不支持这种文件')).toHaveCount(2)
  await expectAccessible(page)
  await panel.getByRole('button', { name: '知道了' }).first().click()
  await panel.getByRole('button', { name: '知道了' }).click()
  await panel.getByLabel('上传附件').setInputFiles({ ...pdf, name: '同一份.pdf' })
  await expect(panel.getByText('同样内容的附件已经有了')).toBeVisible()
  const download = page.waitForEvent('download')
  await panel.getByRole('link', { name: '立项批复.pdf' }).click()
  expect((await download).suggestedFilename()).toBe('立项批复.pdf')
  await panel.getByRole('button', { name: '移除附件 立项批复.pdf' }).click()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: '移除附件' }).click()
  await expect(panel.getByText('已移除 1 个')).toBeVisible()
})

test('a form goes out as Excel and comes back: seen first, then saved, or refused', async ({ page }) => {
  await begin(page, '701001802', '表格一项')
  await page.getByLabel('项目属性').selectOption('经常性项目(长期开展)')
  await page.getByLabel('项目概况').fill('改前的概况')
  await page.getByLabel('立项依据').fill('改前的依据')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 Excel' }).click() // keeps what is typed first
  const out = readFileSync(await (await download).path())
  const filled = retyped(out, { 改前的概况: '在 Excel 里改的概况' })

  await page.getByRole('button', { name: '上传 Excel' }).click()
  const dialog = page.getByRole('dialog', { name: /^上传填好的/ })
  await expectAccessible(page)
  const send = (buffer: Buffer) =>
    dialog.getByLabel(/选择文件|换一个文件/).setInputFiles({ name: '申报表.xlsx', mimeType: '', buffer })
  await send(retyped(out, { '经常性项目(长期开展)': '也许' }))
  await expect(dialog.getByText(/申报表![A-Z]+\d+/)).toBeVisible()
  await expectAccessible(page)
  await expect(dialog.getByRole('button', { name: '保存到草稿' })).toHaveCount(0)
  await send(Buffer.from('no workbook'))
  await expect(dialog.getByRole('alert')).toBeVisible()
  await send(filled)
  const change = dialog.getByRole('row', { name: /项目概况/ })
  await expect(change).toContainText('改前的概况')
  await expect(change).toContainText('在 Excel 里改的概况')
  await expect(dialog.getByText('会改变草稿的 1 处')).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByLabel('项目概况')).toHaveValue('改前的概况')
  await dialog.getByRole('button', { name: '保存到草稿' }).click()
  await expect(page.getByText('已按 Excel 保存到草稿')).toBeVisible()
  await expect(page.getByLabel('项目概况')).toHaveValue('在 Excel 里改的概况')
  await page.reload()
  await expect(page.getByLabel('项目概况')).toHaveValue('在 Excel 里改的概况')
  await expect(page.getByLabel('立项依据')).toHaveValue('改前的依据')

  await page.getByRole('button', { name: '上传 Excel' }).click() // the draft has moved on since the file went out
  await send(filled)
  await expect(dialog.getByRole('alert')).toContainText('下载之后内容又有改动')
  await expect(dialog.getByRole('button', { name: '下载现在的内容' })).toBeVisible()
  await expectAccessible(page)
})

test('a basic sheet goes out as Excel; a file that nobody filled in changes nothing', async ({ page }) => {
  await logIn(page, 'preparer', `${place}/sheets/new`)
  await expect(page.getByRole('button', { name: '加一行', exact: true })).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 Excel' }).click()
  const out = readFileSync(await (await download).path())
  await page.getByRole('button', { name: '上传 Excel' }).click()
  const dialog = page.getByRole('dialog', { name: '上传填好的基本支出表' })
  const file = { name: '基本支出表.xlsx', mimeType: '', buffer: out }
  await dialog.getByRole('button', { name: '选择文件' }).setInputFiles(file)
  await expect(dialog.getByText('没有要保存的改动')).toBeVisible()
  await expect(dialog.getByRole('button', { name: '保存到草稿' })).toHaveCount(0)
  await expectAccessible(page)
})
