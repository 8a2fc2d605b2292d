// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { personName } from './people'

const asked: string[][] = []

/** Answers with the names that are known, or not at all. */
function serverKnows(names: Record<string, string> | null): void {
  vi.stubGlobal('fetch', (request: Request) => {
    const logins = new URL(request.url).searchParams.getAll('login')
    asked.push(logins)
    if (!names) return Promise.resolve(new Response('', { status: 503 }))
    const items = logins.flatMap((login) => (names[login] ? [{ login, name: names[login] }] : []))
    return Promise.resolve(Response.json({ items }))
  })
}

afterEach(() => {
  asked.length = 0
  vi.unstubAllGlobals()
})

test('all logins of a page are asked for at once, each once', async () => {
  serverKnows({ zhang: '张三', li: '李四' })
  expect([personName('zhang'), personName('li'), personName('zhang'), personName('')]).toEqual([
    'zhang',
    'li',
    'zhang',
    '',
  ])
  await vi.waitFor(() => expect(personName('li')).toBe('李四'))
  expect(personName('zhang')).toBe('张三')
  expect(asked).toEqual([['zhang', 'li']])
})

test('what is no account keeps its login', async () => {
  serverKnows({ wang: '王五' })
  personName('cli:root')
  personName('wang')
  await vi.waitFor(() => expect(personName('wang')).toBe('王五'))
  expect(personName('cli:root')).toBe('cli:root')
})

test('more than one question may hold are asked in several', async () => {
  serverKnows({})
  for (let i = 0; i < 130; i++) personName(`p${i}`)
  await vi.waitFor(() => expect(asked.map((logins) => logins.length)).toEqual([100, 30]))
})

test('a question that failed is asked again when the login is shown again', async () => {
  serverKnows(null)
  expect(personName('zhao')).toBe('zhao')
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  serverKnows({ zhao: '赵六' })
  await vi.waitFor(() => expect(personName('zhao')).toBe('赵六'))
})
