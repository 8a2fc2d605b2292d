// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseValue, reading, type TargetValue } from '.'

interface ValueCase extends Partial<TargetValue> {
  text: string
  year?: number // absent: any year
  note?: string
}

interface CaseFile {
  forms: ValueCase[]
  made: ValueCase[]
  readings: { text: string; words: string }[]
}

// The file that the tests of the Go package read as well.
const file = JSON.parse(
  readFileSync(new URL('../../../../service/indicator/testdata/cases.json', import.meta.url), 'utf8'),
) as CaseFile
const cases = [...file.forms, ...file.made].flatMap((c) =>
  (c.year ? [c.year] : [2023, 2026]).map((year) => ({ ...c, year })),
)

function wanted({ year, note: _note, ...c }: ValueCase & { year: number }): TargetValue {
  const blank = { operator: '', value: '', upper: '', unit: '', per: '', date: '', direction: '' }
  const date = (c.date ?? '').replace('{year}', String(year)).replace('{nextYear}', String(year + 1))
  return { ...blank, ...c, date } as TargetValue
}

function fullWidth(text: string): string {
  const wide = text.replace(/[!-~]/g, (r) => String.fromCharCode(r.charCodeAt(0) + 0xfee0))
  return wide.replace(/ /g, '\u3000')
}

test('the case file is the whole one', () => {
  expect(file.forms.length).toBeGreaterThanOrEqual(160)
  expect(file.made.length).toBeGreaterThanOrEqual(150)
  expect(file.readings.length).toBeGreaterThanOrEqual(16)
})

test.each(cases)('$text in $year', (c) => {
  expect(parseValue(c.text, c.year)).toEqual(wanted(c))
})

test.each(cases)('$text typed in full-width characters', (c) => {
  const wide = parseValue(fullWidth(c.text), c.year)
  expect({ ...wide, text: c.text }).toEqual(parseValue(c.text, c.year))
})

test.each(file.readings)('$text reads $words', ({ text, words }) => {
  expect(reading(text, 2023)).toBe(words)
})

test('spaces around a value and beside its operator change nothing but the text', () => {
  for (const text of ['≥12次', '≤450元/人·天', '2023年12月31日前', '提高95%', '不低于九成']) {
    const spaced = ` ${text}\t\n`.replace('≥', '≥ ').replace('≤', '≤\u3000').replace('于', '于\u00a0')
    expect(parseValue(spaced, 2023)).toEqual({ ...parseValue(text, 2023), text: spaced })
  }
})

test('texts nobody could mean as a value are words, at once', () => {
  const started = performance.now()
  for (const piece of ['9', '(', '≥', '一', '1,000', '每人', '3-', '2023年', 'a']) {
    expect(parseValue(piece.repeat(1_000_000), 2023).kind).toBe('grade')
    parseValue(piece.repeat(Math.floor(1000 / piece.length)), 2023)
  }
  expect(performance.now() - started).toBeLessThan(5000)
})

test('without a budget year, dates that name none cannot be told', () => {
  expect(parseValue('10月底前', 0).kind).toBe('grade')
  expect(parseValue('2023年10月底前', 0).date).toBe('2023-10-31')
})
