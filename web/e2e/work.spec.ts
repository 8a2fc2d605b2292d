import { expect, test } from '@playwright/test'
import { expectAccessible, logIn } from './app'

/** The demo department's year: other paths leave drafts in later ones. */
const demoTasks = '/000000000/701/2024/tasks'

test('from the login to one’s tasks and the list of filings', async ({ page }) => {
  await logIn(page, 'reviewer', demoTasks)
  await expect(page.getByRole('heading', { name: '我的任务' })).toBeVisible()
  await expect(page.getByRole('region', { name: '第一次使用' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '知道了，不再显示' }).click()
  await page.getByRole('link', { name: '绩效目标申报', exact: true }).last().click()
  await expect(page.getByRole('heading', { name: '绩效目标申报' })).toBeFocused()
  await expect(page.getByRole('table')).toContainText('已批复')
  await expectAccessible(page)
})

test('filters, order and page of a list stand in its address', async ({ page }) => {
  await logIn(page, 'bureau', demoTasks)
  await page.getByRole('link', { name: '绩效目标申报', exact: true }).first().click()
  await page.getByLabel('状态').selectOption('已批复')
  await page.getByLabel('范围').selectOption('我能查看的全部单位')
  await page.getByRole('link', { name: '项目', exact: true }).click()
  await expect(page).toHaveURL(/scope=all/)
  await expect(page).toHaveURL(/state=approved/)
  await expect(page).toHaveURL(/sort=name/)
  await expect(page.getByRole('columnheader', { name: '项目' })).toHaveAttribute('aria-sort', 'ascending')
  await page.getByLabel('状态').selectOption('草稿')
  await expect(page.getByText('没有符合条件的绩效目标申报')).toBeVisible()
  await expectAccessible(page)
  const address = page.url()
  await page.reload()
  await expect(page).toHaveURL(address)
  await expect(page.getByLabel('状态')).toHaveValue('draft')
})

test('unit and year hold across pages and stand in the address', async ({ page }) => {
  await logIn(page, 'bureau')
  await page.getByRole('button', { name: /^单位：/ }).click()
  const dialog = page.getByRole('dialog', { name: '选择单位' })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  const other = dialog.getByRole('listitem').getByRole('button').last()
  const name = (await other.innerText()).split(' ')[0] ?? ''
  await other.click()
  await expect(page.getByRole('button', { name: /^单位：/ })).toContainText(name)
  const place = new URL(page.url()).pathname.split('/').slice(0, 5).join('/')
  await page.getByRole('link', { name: '基本支出表' }).click()
  await expect(page).toHaveURL(new RegExp(`${place}/sheets$`))
  await page.goBack()
  await expect(page.getByRole('heading', { name: '我的任务' })).toBeVisible()
})
