import { expect, test } from '@playwright/test'
import { logIn, paste } from './app'

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
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' }) // others on this computer don't count
  const spent = async (): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return Math.round((metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000)
  }
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.reload({ waitUntil: 'commit' })
  const last = page.locator('[aria-label="数量指标 第 20 行 年度指标值"]') // found by CSS, which costs the page little
  await last.waitFor()
  const ready = await page.evaluate(() => Math.round(performance.now()))
  const opening = await spent()

  await last.focus()
  await page.evaluate(observeKeys)
  for (let i = 0; i < keys; i++) await page.keyboard.press('1', { delay: 30 })
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 100))))
  const waits = await page.evaluate(() => window.waits.sort((a, b) => a - b))
  process.stdout.write(
    `form of 20 rows, CPU slowed ${slower} times: ready ${ready} ms (main thread ${opening} ms), ` +
      `first load ${bytes} bytes, from a key to its picture median ${waits[waits.length >> 1]} ms, ` +
      `slowest ${waits[waits.length - 1]} ms (main thread ${Math.round(((await spent()) - opening) / keys)} ms a key)\n`,
  )
  expect(waits.length).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(firstLoad)
})

/** Gathers how long the browser took from each key to the picture that shows it. */
function observeKeys(): void {
  window.waits = []
  const observer = new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name === 'keydown') window.waits.push(one.duration)
  })
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
}

declare global {
  interface Window {
    waits: number[]
  }
}
