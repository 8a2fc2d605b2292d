import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { seat } from './api'
import type { Seat } from './api'
import { expectAccessible } from './app'

// The sweep of pages.spec.ts opens the lists and boards too, so that axe looks at forms and dialogs here.

/** A year that no other path touches: the demo unit has nothing in it. */
const year = 2023
const at = (unit: string, view: string): string => `/000000000/${unit}/${year}/${view}`

type Json = Record<string, any> // eslint-disable-line -- contents travel through untouched

/** A filing's content with its money, and the target that it buys, set to what the calculation needs. */
function fitted(content: Json, amount: string, sets: string): Json {
  const copy = JSON.parse(JSON.stringify(content).replace(/2024/g, String(year))) as Json
  copy['economicLines'] = []
  copy['budget'] = [{ fundKind: 'generalPublicBudget', source: 'currentYear', amount }]
  for (const half of ['longTermFunds', 'annualFunds']) {
    const funds = copy['form'][half] as Json
    for (const row of Object.keys(funds))
      funds[row] = ['total', 'municipalCounty'].includes(row) ? amount : null
  }
  for (const { longTerm, annual } of copy['form']['indicators'] as Json[]) {
    for (const target of [longTerm, annual]) {
      if (target?.name === '项目总成本') target.value = `≤${amount}元`
      if (target?.name === '更新实验仪器') target.value = `≥${sets}套`
    }
  }
  return copy
}

/** The people of the chain at the interface, and the filing that goes through it. */
class Chain {
  constructor(
    private readonly seats: Record<string, Seat>,
    readonly id: string,
  ) {}

  of(who: string): Seat {
    const found = this.seats[who]
    if (!found) throw new Error(`nobody is ${who}`)
    return found
  }

  async submit(): Promise<void> {
    const { lock, findings } = await this.of('preparer').get(`/filings/${this.id}`)
    const answers = (findings as Json[])
      .filter((one) => one['key'])
      .map((one) => ({ key: one['key'], answer: '按实际情况填写' }))
    await this.of('preparer').send('POST', `/filings/${this.id}/submit`, { answers }, lock)
    for (const who of ['head', 'reviewer', 'business', 'performance']) await this.pass(who)
  }

  private async pass(who: string): Promise<void> {
    const { lock, allowed, step, steps } = await this.of(who).get(`/filings/${this.id}`)
    if (step === null || !(allowed as string[]).includes('pass')) return
    const body: Json = {}
    if (step === (steps as Json[]).length - 1) body['grade'] = 'excellent' // the last step grades
    if (who === 'performance') {
      const { heads } = await this.of(who).get(`/review-template?region=000000000&year=${year}`)
      const items = (heads as Json[]).flatMap((head) => (head['items'] as Json[]).map((one) => one['key']))
      body['review'] = {
        keyProject: false,
        opinion: '可行',
        overall: 'excellent',
        items: items.map((key) => ({ key, grade: 'excellent' })),
      }
    }
    await this.of(who).send('POST', `/filings/${this.id}/pass`, body, lock)
  }

  /** Takes the filing up again, with other money and another target. */
  async adjust(amount: string, sets: string): Promise<void> {
    const before = await this.of('preparer').get(`/filings/${this.id}`)
    await this.of('preparer').send('POST', `/filings/${this.id}/adjust`, { reason: '调整' }, before['lock'])
    await this.save(amount, sets)
  }

  async save(amount: string, sets: string): Promise<void> {
    const { lock, content } = await this.of('preparer').get(`/filings/${this.id}`)
    const body = { content: fitted(content as Json, amount, sets), answers: [] }
    await this.of('preparer').send('PUT', `/filings/${this.id}`, body, lock)
  }
}

/** What the board says of the department: all money, and the row's counts. */
async function expectBoard(page: Page, on: string, cells: readonly (string | RegExp)[]): Promise<void> {
  await page.goto(`/app${at('701', `board?on=${on}`)}`)
  const row = page.locator('tbody tr').filter({ hasText: '示例开发区社会事业局' })
  await expect(row).toBeVisible()
  for (const text of cells) await expect(row).toContainText(text)
}

const said: Readonly<Record<string, readonly [string, string, string]>> = {
  更新实验仪器: ['100套', '420套', '270套'],
  改造实验室: ['4间', '6间', '6间'],
  设备验收合格率: ['98%', '98%', '98%'],
  设备投入使用时间: ['未完成', '2023年8月30日', '2023年8月30日'],
  项目总成本: ['40000元', '100000元', '76000元'],
  必做实验开出率: ['98%', '98%', '98%'],
  设备可使用时间: ['3.5年', '6年', '6年'],
  实验课师生满意度: ['91%', '91%', '91%'],
}

test('a project’s year, from 一上 to the self-evaluation, comes to what a hand calculation says', async ({
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(300_000)
  const names = ['preparer', 'head', 'reviewer', 'business', 'performance', 'bureau', 'publisher']
  const people: Record<string, Seat> = {}
  for (const who of names) people[who] = await seat(playwright.request, baseURL, who)
  const bureauSeat = people['bureau'] as Seat
  const units = (await bureauSeat.get('/units?size=200'))['items'] as Json[]
  const unit = units.find((one) => one['code'] === '701001') as Json
  const department = units.find((one) => one['code'] === '701') as Json
  const known = (await bureauSeat.get('/filings?year=2024&text=701001001'))['items'] as Json[]
  const sample = await bureauSeat.get(`/filings/${known.find((one) => one['code'] === '701001001')?.['id']}`)
  const content = {
    ...fitted(sample['content'] as Json, '120000.00', '420'),
    code: '701001091',
    name: '实验教学设备',
  }

  // 一上: 120,000 yuan are asked for.
  const made = await (people['preparer'] as Seat).send('POST', '/filings', {
    unitId: unit['id'],
    year,
    content,
  })
  const chain = new Chain(people, made['id'] as string)
  await chain.submit()
  const paper = { unitId: department['id'], year, number: '示财预〔2023〕1号', date: '2023-01-20' }

  // 一下: the control figure is 100,000; what is asked for is 20,000 too much.
  const bureau = await chain.of('bureau').open(browser, at('701', 'control'))
  await bureau.getByRole('link', { name: '示例开发区社会事业局' }).click()
  await bureau.getByRole('button', { name: /^编制\s*示例开发区第一中学/ }).click()
  await expectAccessible(bureau)
  await bureau.getByLabel('一般公共预算').fill('10万元')
  await expect(bureau.getByText('100,000 元；申报数 120,000 元')).toBeVisible()
  await bureau.getByRole('button', { name: '保存', exact: true }).click()
  await bureau.getByRole('button', { name: /^下达\s*示例开发区第一中学/ }).click()
  await bureau.getByLabel('事由').fill('一下')
  await bureau.getByRole('dialog').getByRole('button', { name: '下达控制数' }).click()
  const school = bureau.locator('tbody').filter({ hasText: '示例开发区第一中学' })
  for (const text of ['12.00', '10.00', '2.00']) await expect(school).toContainText(text)
  await bureauSeat.send('POST', '/approvals', paper, undefined, 409)

  // 二上 fits money and target to it; the form says what there is to ask for.
  await chain.adjust('120000.00', '420')
  const handler = await chain.of('preparer').open(browser, at('701001', `filings/${chain.id}`))
  await expect(handler.getByText('本单位已申报 120,000')).toContainText('超出 20,000')
  await chain.save('100000.00', '420')
  await chain.submit()
  await bureauSeat.send('POST', '/approvals', paper)
  await publish(people['publisher'] as Seat, unit['id'] as string)
  await expectBoard(bureau, '2023-01-31', ['10.00', '0.00%', '0/1'])

  // Payments to July: 20,000 + 25,000 − 5,000 of 100,000 are 40 % where 7/12 of the year are gone.
  await bureau.goto(`/app${at('701', 'payments?below=1')}`)
  await bureau.getByRole('button', { name: '导入支付数据' }).click()
  const lines = [
    '项目代码,单据日期,资金性质,金额,支付凭证号,摘要',
    '701001091,2023-03-10,一般公共预算,20000.00,ZF1,设备首付款',
    '701001091,2023-07-20,一般公共预算,25000.00,ZF2,设备到货款',
    '701001091,2023-07-25,一般公共预算,-5000.00,ZF3,多付退回',
    '701001091,2023-03-10,一般公共预算,20000.00,ZF1,设备首付款',
  ]
  const buffer = Buffer.from(lines.join('\n'))
  await bureau
    .getByLabel('文件', { exact: true })
    .setInputFiles({ name: '支付.csv', mimeType: 'text/csv', buffer })
  await bureau.getByLabel('单据日期 是什么').selectOption('支付日期')
  await bureau.getByRole('button', { name: '预览' }).click()
  await expect(bureau.getByText('重复 1 笔，不重复计入')).toBeVisible()
  await expectAccessible(bureau)
  await bureau.getByRole('button', { name: '导入 3 笔' }).click()
  await expect(bureau.getByText('合计 40,000 元').first()).toBeVisible()
  await expectBoard(bureau, '2023-07-31', ['10.00', '4.00', '40.00%', '预警'])

  // The sheet: 100 of 420 sets, where 245 are due, are red and owe a cause.
  await handler.goto(`/app${at('701001', 'tasks')}`)
  await handler
    .getByRole('row', { name: /1-7 月监控表/ })
    .getByRole('link', { name: '实验教学设备' })
    .click()
  await expect(handler.getByRole('cell', { name: '40,000' }).first()).toBeVisible()
  for (const [name, [actual, forecast]] of Object.entries(said)) {
    await handler.getByLabel(`${name} 执行情况`, { exact: true }).fill(actual)
    await handler.getByLabel(`${name} 全年预计完成情况`, { exact: true }).fill(forecast)
  }
  await expect(handler.getByText('完成进度 40.82%')).toBeVisible()
  await handler.getByRole('button', { name: '无偏差的行选“确定能”' }).click()
  await handler.getByLabel('更新实验仪器 完成目标可能性').selectOption('有可能')
  await handler.getByRole('group', { name: '更新实验仪器 的偏差原因' }).getByLabel('经费保障').check()
  await handler.getByRole('button', { name: '提交', exact: true }).click()
  await expect(handler.getByText('还有 2 处没有填写完整')).toBeVisible()
  await expectAccessible(handler)
  await handler.getByLabel('更新实验仪器 原因说明').fill('到货晚')
  await handler.getByLabel('更新实验仪器 备注').fill('九月前补齐')
  await handler.getByRole('button', { name: '提交', exact: true }).click()
  await expect(handler.getByText('待确认')).toBeVisible()
  const sheet = new URL(handler.url()).pathname.replace('/app', '')

  const head = await chain.of('head').open(browser, sheet)
  await head.getByRole('button', { name: '确认', exact: true }).click()
  await expect(head.getByText('已确认').first()).toBeVisible()
  await expectBoard(bureau, '', [/预警\s1/, '1/1'])

  // The red light leads to a correction, which is answered and closed.
  const performance = await chain.of('performance').open(browser, sheet)
  await performance.getByRole('button', { name: '下达整改通知' }).click()
  await performance.getByLabel('整改内容').fill('补齐实验仪器')
  await performance.getByLabel('责任人').fill('设备科')
  await performance.getByLabel('整改期限').fill('2099-09-30')
  await expectAccessible(performance)
  await performance.getByRole('dialog').getByRole('button', { name: '下达整改通知' }).click()
  await expect(performance.getByText('整改中', { exact: true })).toBeVisible()
  await handler.goto(`/app${at('701001', 'tasks')}`)
  await handler
    .getByRole('row', { name: /答复整改/ })
    .getByRole('link')
    .click()
  await handler.getByRole('button', { name: '答复', exact: true }).click()
  await handler.getByLabel('整改情况').fill('已补订 170 套')
  await handler.getByRole('button', { name: '答复整改' }).click()
  await expect(handler.getByRole('alert')).toContainText('答复须有佐证材料')
  const proof = { name: '验收单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nproof') }
  const files = handler.getByRole('dialog').getByRole('region', { name: '佐证材料' })
  await files.getByLabel('上传佐证材料').setInputFiles(proof)
  await expect(files.getByRole('button', { name: '移除附件 验收单.pdf' })).toBeVisible()
  await expectAccessible(handler)
  await handler.getByRole('button', { name: '答复整改' }).click()
  await expect(handler.getByText('待复核', { exact: true })).toBeVisible()
  await performance.reload()
  await performance.getByRole('button', { name: '复核', exact: true }).click()
  const download = performance.waitForEvent('download')
  await performance.getByRole('dialog').getByRole('link', { name: '验收单.pdf' }).click()
  expect((await download).suggestedFilename()).toBe('验收单.pdf')
  await performance.getByRole('button', { name: '复核整改' }).click()
  await expect(performance.getByText('已办结', { exact: true })).toBeVisible()

  // Budget and target go down together; days before the 批复 keep what held then.
  await chain.adjust('80000.00', '300')
  await chain.submit()
  await bureauSeat.send('POST', '/approvals', { ...paper, number: '示财预〔2023〕9号', date: '2023-09-15' })
  await expectBoard(bureau, '2023-07-31', ['10.00', '40.00%'])
  await expectBoard(bureau, '2023-10-01', ['8.00', '50.00%'])
  await handler.goto(`/app${at('701001', 'payments')}`)
  await handler.getByRole('button', { name: '登记一笔支付' }).click()
  await handler.getByLabel('项目代码').fill('701001091')
  await handler.getByLabel('支付日期').fill('2023-11-10')
  await handler.getByLabel('金额（元）').fill('3.6万元')
  await handler.getByLabel('支付凭证号').fill('ZF4')
  await expectAccessible(handler)
  await handler.getByRole('button', { name: '登记', exact: true }).click()
  await handler.getByRole('button', { name: '知道了' }).click() // entered long after it was paid
  await expectBoard(bureau, '2023-12-31', ['8.00', '7.60', '95.00%', '正常'])

  // Scores: 10 × 95 % for execution, 10 × 270/300 for the sets, all else in full: 98.50.
  await handler.goto(`/app${at('701001', `evaluation/${chain.id}`)}`)
  for (const [name, [, , actual]] of Object.entries(said)) {
    await handler.getByLabel(`${name} 实际完成值`, { exact: true }).fill(actual)
  }
  await handler.getByLabel('年度总体目标实际完成情况').fill('基本完成')
  await handler.getByLabel('更新实验仪器 偏差原因分析及改进措施').fill('到货晚，下年提前采购')
  await expect(handler.getByRole('row', { name: /^总分/ })).toContainText('98.50')
  await expect(handler.getByRole('row', { name: /^年度资金总额/ })).toContainText('9.50')
  await expect(handler.getByRole('row', { name: /更新实验仪器/ })).toContainText('9.00')
  await expectAccessible(handler)
  await handler.getByRole('button', { name: '提交', exact: true }).click()
  await expect(handler.getByText('待确认')).toBeVisible()
  await head.goto(`/app${at('701001', `evaluation/${chain.id}`)}`)
  await head.getByRole('button', { name: '确认', exact: true }).click()
  await handler.goto(`/app${at('701001', 'tracking')}`)
  await expect(handler.getByRole('row', { name: /实验教学设备/ })).toContainText('98.50 分，优')
})

/** Takes the unit's document up the ladder. */
async function publish(publisher: Seat, unit: string): Promise<void> {
  const of = `?unit=${unit}&year=${year}`
  const person = { name: '负责人', date: '2023-02-01' }
  let { tag } = await publisher.get(`/disclosure${of}`)
  for (const [step, body] of [
    ['assemble', {}],
    ['check', {}],
    ['override', { reason: '演示数据不全，已核对' }],
    ['secrecy', person],
    ['sign', person],
    ['publish', {}],
  ] as const) {
    const { allowed } = await publisher.get(`/disclosure${of}`)
    if (!(allowed as string[]).includes(step)) continue
    tag = (await publisher.send('POST', `/disclosure/${step}${of}`, body, tag as string))['tag']
  }
  const { versions } = await publisher.get(`/disclosure${of}`)
  expect((versions as Json[])[0]?.['publishedBy']).not.toBe('')
}
