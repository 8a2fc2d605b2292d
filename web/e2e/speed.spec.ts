import { expect, test } from '@playwright/test'
import { logIn, paste } from './app'

test.use({ trace: 'off' })
const slower = 4 // an office computer, as against this one
const firstLoad = 220_000 // bytes
const keys = 30

/** Twenty rows of indicators, as one pastes them. */
const block = Array.from(
  { length: 20 },
  (_, i) => `数量指标\t指标${i}\t≥${i + 1}次\t数量指标\t指标${i}\t≥${i + 1}次`,
).join('\n')

test('a form of twenty rows opens and takes keys on a slow computer', async ({ page, context }) => {
  test.setTimeout(180_000)
  await logIn(page, 'preparer', '/000000000/701001/2027/filings/new')
  await page.getByLabel('项目代码').fill('701001020')
  await page.getByLabel('项目名称').fill('二十行')
  await page.getByRole('button', { name: '开始填报' }).click()
  await paste(page, '数量指标 空行 实施期三级指标', block)
  await expect(page.getByText(/^已保存/)).toBeVisible()

  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  const started = Date.now()
  await page.reload({ waitUntil: 'commit' })
  const last = page.getByLabel('数量指标 第 20 行 年度指标值')
  await last.waitFor()
  const ready = Date.now() - started

  await last.focus()
  const waits: number[] = []
  for (let i = 0; i < keys; i++) {
    const pressed = Date.now()
    await page.keyboard.type('1')
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))))
    waits.push(Date.now() - pressed)
  }
  waits.sort((a, b) => a - b)
  process.stdout.write(
    `form of 20 rows, CPU slowed ${slower} times: ready ${ready} ms, first load ${bytes} bytes, ` +
      `a key median ${waits[keys / 2]} ms, slowest ${waits[keys - 1]} ms\n`,
  )
  expect(bytes).toBeLessThan(firstLoad)
})
