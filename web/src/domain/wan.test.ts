import { expect, it } from 'vitest'
import { shownWan } from './wan'

it.each([
  ['30988466.00', '3,098.85'],
  ['0.00', '0.00'],
  ['49.99', '0.00'],
  ['50.00', '0.01'],
  ['-123450.00', '-12.35'],
  ['-1.00', '0.00'],
  ['12345678900.00', '1,234,567.89'],
  [null, ''],
])('%s yuan are %s 万元', (yuan, wan) => {
  expect(shownWan(yuan)).toBe(wan)
})
