import { expect, it } from 'vitest'
import { callFile, nameIn, tableType, xlsxType } from './file'

it.each([
  ["attachment; filename*=utf-8''%E7%94%B3%E6%8A%A5%E8%A1%A8.xlsx", '申报表.xlsx'],
  ['attachment; filename="a.xlsx"; filename*=UTF-8\'\'%E8%A1%A8.xlsx', '表.xlsx'],
  ['attachment; filename="a b.csv"', 'a b.csv'],
  ['attachment', ''],
])('%s names %s', (disposition, name) => expect(nameIn(disposition)).toBe(name))

it.each([
  ['项目.csv', 'text/csv'],
  ['项目.CSV', 'text/csv'],
  ['项目.csv.xlsx', xlsxType],
])('%s is %s', (name, type) => expect(tableType(name)).toBe(type))

it('tells why a file did not come, from a problem that came in its place', async () => {
  const problem = { status: 404, reason: 'record.notFound', detail: '没有这份申报' }
  const refused = { error: problem, response: new Response('', { status: 404 }) }
  await expect(callFile(Promise.resolve(refused))).rejects.toMatchObject({ reason: 'record.notFound' })
  const unreadable = { error: '<html>', response: new Response('', { status: 502 }) }
  await expect(callFile(Promise.resolve(unreadable))).rejects.toMatchObject({ status: 502 })
})
