import { expect, test } from '@playwright/test'
import type { CDPSession, Page } from '@playwright/test'
import { logIn, paste } from './app'

const slower = 4 // an office computer, as against this one
const firstLoad = 220_000 // bytes
const keys = 30
const saved = /^已保存 \d\d:\d\d$/

/** Twenty rows of indicators, as one pastes them. */
const indicators = Array.from(
  { length: 20 },
  (_, i) => `数量指标\t指标${i}\t≥${i + 1}次\t数量指标\t指标${i}\t≥${i + 1}次`,
).join('\n')

/** Two hundred basic lines, as one pastes them. */
const lines = ['功能科目\t部门经济科目\t金额']
  .concat(
    Array.from(
      { length: 200 },
      (_, i) => `2050204\t302${String((i % 29) + 1).padStart(2, '0')}\t${i + 1}000`,
    ),
  )
  .join('\n')

test('a form of twenty rows opens and takes keys on a slow computer', async ({ page }) => {
  test.setTimeout(180_000)
  await logIn(page, 'preparer', '/000000000/701001/2027/filings/new')
  await page.getByLabel('项目代码').fill('701001020')
  await page.getByLabel('项目名称').fill('二十行')
  await page.getByRole('button', { name: '开始填报' }).click()
  await paste(page, '数量指标 空行 实施期三级指标', indicators)
  await expect(page.getByText(saved)).toBeVisible()
  const { bytes } = await time(page, 'form of 20 rows', '数量指标 第 20 行 年度指标值')
  expect(bytes).toBeLessThan(firstLoad)
})

test('a basic sheet of two hundred lines takes keys on a slow computer', async ({ page }) => {
  test.setTimeout(180_000)
  await logIn(page, 'preparer', '/000000000/701001/2033/sheets/new')
  await page.getByRole('button', { name: '加一行', exact: true }).click()
  await paste(page, '第 1 行部门经济科目', lines)
  await expect(page.getByText(saved)).toBeVisible({ timeout: 60_000 })
  await time(page, 'sheet of 200 lines', '第 1 行金额')
  const start = Date.now()
  await page.locator('[data-place="basicLines[199].amount"]').focus() // a text until somebody comes
  await expect(page.getByLabel('第 200 行金额')).toBeFocused()
  process.stdout.write(
    `sheet of 200 lines, CPU slowed ${slower} times: in its last line after ${Date.now() - start} ms\n`,
  )
})

/** Opens the page anew and types into the field that a label names, on a slowed processor, and tells what
 * that took. */
async function time(page: Page, what: string, label: string): Promise<{ bytes: number }> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' }) // others on this computer don't count
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.reload({ waitUntil: 'commit' })
  const field = page.locator(`[aria-label="${label}"]`) // found by CSS, which costs the page little
  await field.waitFor({ timeout: 60_000 })
  const ready = await page.evaluate(() => Math.round(performance.now()))
  const opening = await spent(cdp)

  await field.focus()
  await page.evaluate(observeKeys)
  for (let i = 0; i < keys; i++) await page.keyboard.press('1', { delay: 30 })
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 100))))
  const waits = await page.evaluate(() => window.waits.sort((a, b) => a - b))
  const aKey = Math.round(((await spent(cdp)) - opening) / keys)
  process.stdout.write(
    `${what}, CPU slowed ${slower} times: ready ${ready} ms (main thread ${opening} ms), ` +
      `first load ${bytes} bytes, from a key to its picture median ${waits[waits.length >> 1]} ms, ` +
      `slowest ${waits[waits.length - 1]} ms (main thread ${aKey} ms a key)\n`,
  )
  expect(waits.length).toBeGreaterThan(0)
  return { bytes }
}

/** How long the page's thread has worked, in milliseconds. */
async function spent(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return Math.round((metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000)
}

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
