import { expect, test } from '@playwright/test'
import { expectAccessible, logIn, logInByPage } from './app'

test('a wrong password is told in Chinese, the right one leads on', async ({ page }) => {
  await page.goto('/app/settings/accounts')
  await expect(page).toHaveURL(/login\?next=/)
  await expectAccessible(page)
  await page.getByLabel('登录名').fill('demo-admin')
  await page.getByLabel('密码').fill('wrong')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert')).toContainText('登录名或密码不正确')
  await expect(page.getByLabel('密码')).toBeFocused()
  await expectAccessible(page)
  await page.getByLabel('密码').fill('biaochi-demo')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '账号与角色' })).toBeVisible()
})

test('only what one may open stands in the navigation', async ({ page }) => {
  await logIn(page, 'preparer')
  await expect(page.getByRole('link', { name: '账号与角色' })).toHaveCount(0)
  await page.goto('/app/settings/accounts')
  await expect(page.getByRole('heading', { name: '没有权限打开这个页面' })).toBeVisible()
  await expectAccessible(page)
})

test('a session that ends keeps what was typed', async ({ page, context }) => {
  await logIn(page, 'admin', '/settings/accounts')
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByLabel('登录名').fill('e2e-one')
  await page.getByLabel('姓名').fill('测试甲')
  await expectAccessible(page)
  await context.clearCookies()
  await page.getByRole('button', { name: '建立账号' }).click()
  const again = page.getByRole('dialog', { name: '请重新登录' })
  await expect(again.getByLabel('密码')).toBeFocused()
  await expectAccessible(page)
  await again.getByLabel('密码').fill('biaochi-demo')
  await again.getByRole('button', { name: '登录' }).click()
  // A demo database takes no real account, and says so where it was asked.
  const making = page.getByRole('dialog', { name: '新建账号' })
  await expect(making.getByRole('alert')).toContainText('演示账号')
  await expect(making.getByLabel('姓名')).toHaveValue('测试甲')
  await expectAccessible(page)
})

test('the account menu goes by keyboard', async ({ page }) => {
  await logInByPage(page, 'head')
  await page.getByRole('button', { name: /账号菜单/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: '修改密码' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '改用大字号' }).press('Enter')
  await expect(page.locator('html')).toHaveClass('large')
  await expectAccessible(page)
  await page.getByRole('button', { name: /账号菜单/ }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page.getByRole('heading', { name: '登录标尺' })).toBeVisible()
})
