import { expect, test } from '@playwright/test'
import { as, expectAccessible, expectFits } from './app'

test('two people write in one draft: one chooses where both wrote, nothing is lost', async ({ browser }) => {
  test.setTimeout(180_000)
  const one = await as(browser, 'preparer', '/000000000/701001/2026/filings/new')
  await one.getByLabel('项目代码').fill('701001777')
  await one.getByLabel('项目名称').fill('两人同填')
  await one.getByRole('button', { name: '开始填报' }).click()
  await expect(one.getByLabel('项目概况')).toBeVisible()
  const address = new URL(one.url()).pathname.replace('/app', '')
  const other = await as(browser, 'preparer', address)

  await other.getByLabel('项目概况').fill('甲写的概况')
  await other.getByLabel('立项依据').fill('甲写的依据')
  await expect(other.getByText(/^已保存/)).toBeVisible()
  await one.getByLabel('项目概况').fill('乙写的概况')
  await one.getByLabel('项目实施计划').fill('乙写的计划')

  const conflict = one.getByRole('alertdialog')
  await expect(conflict).toContainText('甲写的概况')
  await expect(conflict).toContainText('甲写的依据')
  await expectAccessible(one)
  await expectFits(one)
  await conflict.getByRole('radio', { name: '乙写的概况' }).check()
  await conflict.getByRole('button', { name: '合并后继续填写' }).click()
  await expect(one.getByText(/^已保存/)).toBeVisible()
  await one.reload()
  await expect(one.getByLabel('项目概况')).toHaveValue('乙写的概况')
  await expect(one.getByLabel('立项依据')).toHaveValue('甲写的依据')
  await expect(one.getByLabel('项目实施计划')).toHaveValue('乙写的计划')
})
