import { expect, test } from '@playwright/test'
import { as, expectAccessible, expectFits } from './app'
import { seat } from './api'
import type { Seat } from './api'

interface Content {
  economicLines: object[]
  form: { filedAt: string; indicators: { level2: string; annual?: { value?: string } }[] }
}

/** Files a project of the demo year again for the next one, and submits it, at the interface. */
async function file(handler: Seat, code: string): Promise<string> {
  const { items } = await handler.get(`/filings?year=2024&text=${code}&size=5`)
  const { unit, content } = await handler.get(`/filings/${items[0].id}`)
  const { form } = Object.assign(content as Content, { economicLines: [] })
  form.filedAt = '2024-11-20'
  for (const row of form.indicators) {
    if (row.level2 === 'timeliness' && row.annual) row.annual.value = '2025年12月31日前'
    if (row.level2 === 'serviceRecipients' && row.annual) row.annual.value = '≥80%'
  }
  const { id, lock, findings } = await handler.send('POST', '/filings', {
    unitId: unit.id,
    year: 2025,
    content,
  })
  const answers = (findings as { key: string }[])
    .filter(({ key }) => key)
    .map(({ key }) => ({ key, answer: '已核实' }))
  await handler.send('POST', `/filings/${id}/submit`, { answers }, lock)
  return `/000000000/701001/2025/filings/${id}`
}

test('a reviewer sees last year beside a filing, and what passing it would change', async ({
  browser,
  baseURL,
  playwright,
}) => {
  const address = await file(await seat(playwright.request, baseURL, 'preparer'), '701001004')
  const page = await as(browser, 'head', address)
  const beside = page.getByRole('region', { name: '与上年对照' })
  await expect(beside).toContainText(/指标值：.*降低 1/)
  await beside.getByRole('button', { name: '逐项对照' }).click()
  const years = page.getByRole('dialog', { name: /^与往年对照/ })
  await expect(years.getByRole('row', { name: /参加学生家长满意度.*≥80%.*降低/ })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: '逐处查看' }).click()
  const effect = page.getByRole('dialog', { name: '通过后对预算草案的影响' })
  await expect(effect.getByRole('row', { name: /教育支出/ }).first()).toBeVisible()
  await expect(effect.getByRole('heading', { name: '公开文本的文字' })).toBeVisible()
  await expect(effect.locator('ins').first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await page.getByText('办理历史').click()
  await expect(page.getByRole('listitem').filter({ hasText: '提交绩效目标' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 Excel' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/)
})
