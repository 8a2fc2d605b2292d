// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computed, defineComponent, h, nextTick } from 'vue'
import type { ComponentPublicInstance } from 'vue'
import type { Autosave } from '@/features/record/autosave'
import { provideNotes } from '@/features/record/notes'
import { useRecord } from '@/features/record/useRecord'
import SheetBody from './SheetBody.vue'
import { sheetKind } from './source'
import type { SheetRecord } from './source'

const basicLines = Array.from({ length: 50 }, (_, i) => ({
  functionCode: '2050204',
  departmentEconomicCode: '30201',
  amount: `${i + 1}.00`,
}))
const record = {
  content: { basicLines },
  findings: [],
  remarks: [],
  allowed: ['save'],
} as unknown as SheetRecord
const none = new Map<string, string>()
const names = { functional: none, departmentEconomic: none, governmentEconomic: none, revenue: none }

beforeEach(() => vi.useFakeTimers()) // no save while the test runs
afterEach(() => vi.useRealTimers())

/** A sheet of fifty lines that are all near, with a list of the components that are rendered again. */
async function show() {
  const again: string[] = []
  const saves: Autosave[] = []
  const Page = defineComponent({
    setup() {
      const { draft, faults, save } = useRecord(sheetKind(2026, names), record)
      saves.push(save)
      provideNotes(computed(() => ({ readonly: false, at: () => undefined })))
      const mapping = new Map([['30101', '50101']])
      return () => h(SheetBody, { draft: draft.value, names, mapping, editable: true, faults: faults.value })
    },
  })
  const updated = function (this: ComponentPublicInstance) {
    const { ['__name']: name } = this.$options // which Vue takes from the file
    again.push(name ?? 'page')
  }
  const page = mount(Page, { global: { mixins: [{ updated }] } })
  await nextTick()
  again.length = 0
  return { again, page, state: () => saves[0]?.state }
}

test('a key in a line renders that line and the sum again, and no other line', async () => {
  const { again, page, state } = await show()
  await page.get('[aria-label="第 50 行金额"]').setValue('5001')
  expect(again.sort()).toEqual(['AmountTotal', 'FormCell', 'FormCell', 'LineRow'])
  expect(page.text()).toContain('6,226') // 1 + … + 49 + 5001
  expect(state()).toBe('typed')
})

test('a code fills the government code of its line, and what can’t be read is told beside it', async () => {
  const { again, page } = await show()
  await page.get('[aria-label="第 3 行部门经济科目"]').setValue('30101')
  const filled = page.get('[aria-label="第 3 行政府经济科目"]').element as HTMLInputElement
  expect(filled.value).toBe('50101')
  expect(again.filter((name) => name === 'LineRow')).toHaveLength(1)
  await page.get('[aria-label="第 3 行金额"]').setValue('三千')
  expect(page.text()).toContain('金额应为')
})
