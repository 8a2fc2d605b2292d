import { expect, test } from '@playwright/test'
import { expectAccessible, logIn } from './app'

test.setTimeout(180_000) // a busy machine needs long for many looks of axe

test('a row is filled from the library by keyboard, and keeps what was typed', async ({ page }) => {
  await logIn(page, 'preparer', '/000000000/701001/2026/filings/new')
  await page.getByLabel('项目代码').fill('701001803')
  await page.getByLabel('项目名称').fill('选指标一项')
  await page.getByRole('button', { name: '开始填报' }).click()
  const name = (half: string) => page.getByLabel(new RegExp(`^数量指标 .* ${half}三级指标$`))
  const value = (half: string) => page.getByLabel(new RegExp(`^数量指标 .* ${half}指标值$`))
  await value('年度').fill('≥7个')
  await value('年度').press('Alt+l')
  const drawer = page.getByRole('dialog', { name: '从指标库选择' })
  await expect(drawer.getByLabel('指标名称')).toBeFocused()
  await page.keyboard.type('没有这样的指标')
  await page.keyboard.press('Enter')
  await expect(drawer.getByText('没有名称含')).toBeVisible()
  await expectAccessible(page)
  await drawer.getByRole('button', { name: '列出全部' }).click()
  const first = drawer.getByRole('button', { expanded: false }).first()
  const chosen = (await first.locator('strong').textContent()) ?? ''
  await first.press('Enter')
  await expect(drawer.getByText('年度已填的指标值“≥7个”保留不变')).toBeVisible()
  await expectAccessible(page)
  await drawer.getByRole('radio').nth(1).check()
  await drawer.getByRole('button', { name: '填入这一行' }).press('Enter')
  await expect(name('实施期')).toHaveValue(chosen)
  await expect(name('年度')).toHaveValue(chosen)
  await expect(value('实施期')).not.toHaveValue('')
  await expect(value('年度')).toHaveValue('≥7个')
  await expect(value('年度')).toBeFocused()
})

test('the bureau keeps the library: enters, changes, merges, disables, exports and imports', async ({
  page,
}) => {
  await logIn(page, 'bureau', '/library')
  for (const name of ['图书上架册数', '上架图书数量']) {
    await page.getByRole('button', { name: '录入指标' }).click()
    const form = page.getByRole('dialog', { name: '录入指标' })
    await form.getByLabel('一级 › 二级指标').selectOption('产出指标 › 数量指标')
    await form.getByLabel('指标名称').fill(name)
    await form.getByLabel('计量单位').fill('册')
    await form.getByLabel('常用指标值').fill('≥3000册\n≥5000册')
    await form.getByLabel('适用的功能分类').fill('20502')
    if (name === '图书上架册数') await expectAccessible(page)
    await form.getByRole('button', { name: '录入' }).click()
    await expect(form).toHaveCount(0)
  }
  await page.getByRole('searchbox', { name: '查找指标' }).fill('上架')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '上架图书数量' }).click()
  const detail = page.getByRole('dialog').first()
  await expect(detail.getByText('≥5000册')).toBeVisible()
  await expectAccessible(page)
  await detail.getByRole('button', { name: '修改' }).click()
  await page.getByLabel('佐证资料').fill('验收单')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(detail.getByText('验收单')).toBeVisible()
  await detail.getByRole('button', { name: '并入另一个指标' }).click()
  const merge = page.getByRole('dialog', { name: /并入另一个指标/ })
  await merge.getByRole('searchbox').fill('图书上架')
  await page.keyboard.press('Enter')
  await merge.getByRole('radio', { name: '图书上架册数' }).check()
  await merge.getByLabel('理由').fill('同义')
  await expectAccessible(page)
  await merge.getByRole('button', { name: '并入', exact: true }).click()
  await expect(page.getByRole('heading', { name: '图书上架册数' })).toBeVisible()
  await detail.getByRole('button', { name: '停用' }).click()
  const reason = page.getByRole('dialog', { name: '停用指标' })
  await reason.getByLabel('理由').fill('改用上级口径')
  await reason.getByRole('button', { name: '停用' }).click()
  await expect(detail.getByText('（已停用）')).toBeVisible()
  await detail.getByRole('button', { name: '关闭' }).click()
  await expect(page.getByText('没有符合条件的指标。')).toBeVisible()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出' }).click()
  expect((await download).suggestedFilename()).toBe('指标库.csv')
  await page.getByRole('button', { name: '导入' }).click()
  const dialog = page.getByRole('dialog', { name: '导入指标库' })
  const send = (text: string) =>
    dialog
      .getByLabel('选择文件')
      .or(dialog.getByLabel('换一个文件'))
      .setInputFiles({
        name: '指标.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      })
  const head = '一级指标,二级指标,指标名称,计量单位\n'
  await send(`${head}产出指标,数量指标,,\n`)
  await expect(dialog.getByText('第 2 行：请填写指标名称', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await send(`${head}产出指标,数量指标,图书修补册数,册\n`)
  await expect(dialog.getByRole('row', { name: /图书修补册数 新增 计量单位： 册/ })).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '确认导入 1 行' }).click()
  await expect(dialog.getByText('新增 1 个')).toBeVisible()
})
