import { expect, test } from '@playwright/test'
import { expectAccessible, expectFits, logIn } from './app'

test('the dialogs of an account are accessible and give the focus back', async ({ page }) => {
  await logIn(page, 'security', '/settings/accounts')
  await page.getByRole('link', { name: '演示经办人' }).click()
  const account = page.getByRole('dialog', { name: '演示经办人', exact: true })
  await expect(account).toBeVisible()
  await expectAccessible(page)
  await account.getByLabel('操作').fill('filing.submit')
  await account.getByLabel('单位').selectOption({ index: 1 })
  await account.getByRole('button', { name: '查询' }).click()
  await expect(account.getByRole('status')).toContainText('可以')
  await account.getByRole('button', { name: '授予角色' }).click()
  await expect(page.getByRole('dialog', { name: '授予演示经办人角色' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(account.getByRole('button', { name: '授予角色' })).toBeFocused()
  await account.getByRole('button', { name: /^收回/ }).first().click()
  await expect(page.getByRole('dialog', { name: '收回角色' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: '收回角色' })).toHaveCount(0)
})

test('the dialog of units is accessible', async ({ page }) => {
  await logIn(page, 'admin', '/settings/units')
  await page.getByRole('button', { name: '新建单位' }).click()
  await expect(page.getByRole('dialog', { name: '新建单位' })).toBeVisible()
  await expectAccessible(page)
})

test('the dialog of deputies is accessible', async ({ page }) => {
  await logIn(page, 'head', '/account/deputies')
  await page.getByRole('button', { name: '指定代理人' }).click()
  await expect(page.getByRole('dialog', { name: '指定代理人' })).toBeVisible()
  await expect(page.getByRole('dialog').locator('[role=status]')).toHaveCount(0)
  await expectAccessible(page)
})

test('what keeps a filing from being submitted is accessible, alone and of many at once', async ({
  page,
}) => {
  await logIn(page, 'preparer', '/000000000/701001/2022/filings/new')
  await page.getByLabel('项目代码').fill('701001033')
  await page.getByLabel('项目名称').fill('还没有填写')
  await page.getByRole('button', { name: '开始填报' }).click()
  await page.getByRole('button', { name: '提交审核' }).click()
  await expect(page.getByRole('form', { name: '提交审核' })).toContainText('处错误')
  await expectAccessible(page)
  await expectFits(page)

  await page.goto('/app/000000000/701001/2022/filings')
  await page.getByRole('checkbox', { name: /还没有填写/ }).check()
  await page.getByRole('region', { name: '批量办理' }).getByRole('button', { name: '提交' }).click()
  const dialog = page.getByRole('dialog', { name: '提交 1 份' })
  await expect(dialog).toContainText('还没有填写')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '提交 1 份' }).click()
  await expect(dialog.getByRole('alert')).toContainText('没有办成')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '知道了' }).click()
  await expect(dialog).toHaveCount(0)
})
