import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { expectAccessible, logIn } from './app'

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
