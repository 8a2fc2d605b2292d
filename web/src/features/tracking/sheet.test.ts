// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { openingsOf } from './board'
import type { BoardRow } from './board'
import { bodyOf, draftOf, spanOf } from './sheet'
import type { SheetLine, TrackedSheet } from './sheet'

function line(level1: string, level2: string, name: string, more: Partial<SheetLine> = {}): SheetLine {
  const path = { kind: 'even', date: '', months: [], said: false }
  const said = {
    actual: '',
    band: '',
    share: null,
    forecast: '',
    likelihood: '',
    causes: [],
    cause: '',
    remark: '',
  }
  return { level1, level2, name, path, ...said, ...more } as unknown as SheetLine
}

const sheet = {
  lines: [
    line('output', 'quantity', '次数', { actual: '3次', causes: ['staff'] }),
    line('output', 'quantity', '人数', { share: 90 }),
    line('output', 'quality', '合格率', {
      path: { kind: 'byDate', date: '2023-10-31', months: [], said: true },
    }),
    line('benefit', 'social', '服务能力'),
  ],
  money: [{ key: 'total', name: '年度资金总额', forecast: '1500.50' }],
  goalResult: '完成',
} as unknown as TrackedSheet

describe('what is sent for a sheet', () => {
  it('is what the server gave, where nothing was typed', () => {
    const { body, faults } = bodyOf(draftOf(sheet), sheet)
    expect(faults).toEqual({})
    expect(body.said?.map((one) => [one.name, one.actual, one.share, one.path])).toEqual([
      ['次数', '3次', null, null],
      ['人数', '', 90, null],
      ['合格率', '', null, { kind: 'byDate', date: '2023-10-31', months: [] }],
      ['服务能力', '', null, null],
    ])
    expect(body.forecastTotal).toBe('1500.50')
    expect(body.forecastFiscal).toBeNull()
  })

  it('leaves out what can’t be read, and says where', () => {
    const draft = draftOf(sheet)
    draft.forecasts['total'] = '约三千'
    Object.assign(draft.lines[1] ?? {}, { share: '101' })
    Object.assign(draft.lines[2] ?? {}, { path: { kind: 'byDate', date: '', months: [] } })
    const months = Array.from({ length: 12 }, (_, i) => (i === 3 ? '90' : '100'))
    Object.assign(draft.lines[3] ?? {}, { path: { kind: 'seasonal', date: '', months } })
    const { body, faults } = bodyOf(draft, sheet)
    expect(Object.keys(faults)).toEqual([
      'lines[1].share',
      'lines[2].path',
      'lines[3].path',
      'forecasts.total',
    ])
    expect(body.forecastTotal).toBeNull()
    expect(body.said?.[2]?.path).toBeNull()
  })
})

it('joins the cells of lines that share a level', () => {
  const spans = sheet.lines.map((_, i) => spanOf(sheet.lines, i, (one) => one.level1 + one.level2))
  expect(spans).toEqual([2, 0, 1, 1])
})

describe('what the numbers of a board open', () => {
  const place = { region: '000000000', unit: '701', year: 2023 }
  const at = { window: '1-7', on: '2023-08-01', unitCode: '701001' }

  it('is the level below and the unit’s own lists', () => {
    const row = { record: '', code: '702', alone: false } as BoardRow
    expect(openingsOf(row, place, at, '/down')).toEqual({
      row: '/down',
      paid: '/000000000/702/2023/payments?until=2023-08-01&below=1',
      lights: '/down',
      corrections: '/000000000/702/2023/corrections?open=1&below=1',
    })
  })

  it('is the filing, its sheet and its payments of a project', () => {
    const row = { record: '9', code: 'P 1', alone: false } as BoardRow
    expect(openingsOf(row, place, at, '/down')).toEqual({
      row: '/000000000/701001/2023/filings/9',
      paid: '/000000000/701001/2023/payments?project=P%201&until=2023-08-01',
      lights: '/000000000/701001/2023/monitoring/9/1-7',
      corrections: '/000000000/701001/2023/monitoring/9/1-7',
    })
    expect(openingsOf(row, place, { ...at, window: '' }, '/down').lights).toBe(
      '/000000000/701001/2023/filings/9',
    )
  })
})
