// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computed, defineComponent, h } from 'vue'
import type { ComponentPublicInstance } from 'vue'
import type { Autosave } from '@/features/record/autosave'
import { provideNotes } from '@/features/record/notes'
import { useRecord } from '@/features/record/useRecord'
import FilingSheet from './FilingSheet.vue'
import { filingKind } from './source'
import type { FilingRecord, IndicatorTree } from './types'

const rows = Array.from({ length: 20 }, (_, i) => ({
  level1: 'output',
  level2: 'quantity',
  longTerm: { name: `指标${i}`, value: `≥${i + 1}次` },
  annual: { name: `指标${i}`, value: `≥${i + 1}次` },
}))
const record = {
  content: { name: '二十行', form: { overview: '概况', indicators: rows } },
  findings: [],
  remarks: [],
  allowed: ['save'],
} as unknown as FilingRecord
const levels = [{ key: 'output', name: '产出指标', children: [{ key: 'quantity', name: '数量指标' }] }]

beforeEach(() => vi.useFakeTimers()) // no save while the test runs
afterEach(() => vi.useRealTimers())

/** The name of a component, which Vue takes from its file. */
function nameOf({ $options }: ComponentPublicInstance): string {
  const { ['__name']: name } = $options
  return name ?? 'page'
}

/** A form of twenty rows, with a list of the components that are rendered again. */
function show() {
  const again: string[] = []
  const filing: { save: Autosave }[] = []
  const Page = defineComponent({
    setup() {
      const page = useRecord(filingKind(), record)
      filing.push(page)
      provideNotes(computed(() => ({ readonly: false, at: () => undefined })))
      return () =>
        h(FilingSheet, {
          draft: page.draft.value,
          tree: { levels } as unknown as IndicatorTree,
          unit: { name: '单位' },
          department: '701-部门',
          year: 2026,
          editable: true,
          faults: page.faults.value,
        })
    },
  })
  const updated = function (this: ComponentPublicInstance) {
    again.push(nameOf(this))
  }
  const page = mount(Page, { global: { mixins: [{ updated }] } })
  const type = (label: string, text: string) => page.get(`[aria-label="${label}"]`).setValue(text)
  return { again, type, text: () => page.text(), save: () => filing[0]?.save }
}

test('a key in a row renders that row and its cell again, and no other', async () => {
  const { again, type, save } = show()
  await type('数量指标 第 20 行 年度指标值', '≥201次')
  expect(again.sort()).toEqual(['FormCell', 'IndicatorRow'])
  expect(save()?.state).toBe('typed')
})

test('a key in a text renders its cell again, and no row', async () => {
  const { again, type, save } = show()
  await type('项目概况', '概况如下')
  expect(again.sort()).toEqual(['FilingSheet', 'FormCell'])
  expect(save()?.state).toBe('typed')
})

test('what can’t be read as an amount is told beside it and stays on the page', async () => {
  const { again, type, text } = show()
  await type('年度市县(区)财政资金', '九万')
  expect(text()).toContain('金额应为')
  expect(again).not.toContain('IndicatorRow')
})
