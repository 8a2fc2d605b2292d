import { expect, test } from '@playwright/test'
import { expectAccessible, logIn } from './app'

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
