// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { computed, nextTick } from 'vue'
import { provideNotes, showPlace } from '@/features/record/notes'
import type { PlaceNotes } from '@/features/record/notes'
import LinesGrid from './LinesGrid.vue'
import { newLine } from './draft'

const codes = new Map([['2050204', '高中教育']])
const none = new Map<string, string>()
const names = { functional: codes, departmentEconomic: none, governmentEconomic: none, revenue: none }
const observed = new Map<Element, (entries: { isIntersecting: boolean; target: Element }[]) => void>()

beforeEach(() => {
  vi.useFakeTimers()
  observed.clear()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(readonly tell: (entries: { isIntersecting: boolean; target: Element }[]) => void) {}
      observe(row: Element) {
        observed.set(row, this.tell)
      }
      unobserve(row: Element) {
        observed.delete(row)
      }
    },
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  document.body.innerHTML = ''
})

/** A grid of two hundred lines once all of them stand. */
async function show(notes: Record<string, PlaceNotes> = {}) {
  const lines = Array.from({ length: 200 }, (_, i) =>
    newLine({ functionCode: '2050204', amount: String(i + 1) }),
  )
  const page = mount(
    {
      components: { LinesGrid },
      setup() {
        provideNotes(computed(() => ({ readonly: false, at: (place) => notes[place] })))
        return { lines, names, none }
      },
      template: '<LinesGrid :lines="lines" :names="names" :mapping="none" :editable="true" :faults="{}" />',
    },
    { attachTo: document.body },
  )
  const atFirst = page.findAll('tbody tr').length
  await vi.runAllTimersAsync()
  return { page, atFirst }
}

const field = (row: number) => `[aria-label="第 ${row} 行金额"]`

test('a long sheet opens with a window of lines, and then all of them stand, the far ones as text', async () => {
  const { page, atFirst } = await show()
  expect(atFirst).toBeLessThan(20)
  expect(page.findAll('tbody tr')).toHaveLength(201)
  expect(page.find(field(1)).exists()).toBe(true)
  expect(page.find(field(200)).exists()).toBe(false)
  const far = page.get('[data-place="basicLines[199].functionCode"]')
  expect(far.text()).toBe('2050204高中教育')
  expect(page.get('[data-place="basicLines[199].amount"]').text()).toBe('200')
})

test('a line that comes near, or that something is said of, has its fields', async () => {
  const finding = {
    rule: 'F',
    field: '',
    message: '',
    severity: 'error',
    outcome: 'fail',
    key: '',
    answer: '',
  }
  const { page } = await show({
    'basicLines[99].amount': { findings: [finding as PlaceNotes['findings'][number]], remarks: [] },
  })
  expect(page.find(field(100)).exists()).toBe(true)
  const row = page.get('[data-place="basicLines[149].amount"]').element.closest('tr') as Element
  observed.get(row)?.([{ isIntersecting: true, target: row }])
  await nextTick()
  expect(page.find(field(150)).exists()).toBe(true)
  expect(page.find(field(149)).exists()).toBe(false)
})

test('who is led to a far cell comes into its field', async () => {
  vi.stubGlobal('CSS', { escape: (text: string) => text })
  Element.prototype.scrollIntoView = () => undefined
  const { page } = await show()
  showPlace('basicLines[199].amount')
  await vi.runAllTimersAsync()
  expect(document.activeElement).toBe(page.get(field(200)).element)
})
