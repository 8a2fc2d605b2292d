import { expect, it } from 'vitest'
import { refusalOf, shownSize } from './limits'

const limits = { maxSize: 2 * 1024 * 1024, endings: ['.pdf', '.docx'] }

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [12_345, '12 KB'],
  [3_565_158, '3.4 MB'],
])('%d bytes read %s', (bytes, text) => expect(shownSize(bytes)).toBe(text))

it.each([
  ['批复.PDF', 10, ''],
  ['批复.docx', limits.maxSize, ''],
  ['批复.docx', limits.maxSize + 1, '2.0 MB 的上限'],
  ['批复.doc', 10, '只能是 pdf、docx 文件'],
  ['批复', 10, '只能是'],
  ['批复.pdf', 0, '文件是空的'],
])('%s of %d bytes: %s', (name, size, part) => {
  const refusal = refusalOf({ name, size }, limits)
  expect(part === '' ? refusal === '' : refusal.includes(part), refusal).toBe(true)
})
