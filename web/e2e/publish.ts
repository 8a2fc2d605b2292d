import { expect } from '@playwright/test'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { demoPassword as password } from './app'

interface Standing {
  allowed: string[]
  versions: { number: number; stage: string }[]
}

const order = ['check', 'override', 'secrecy', 'sign', 'publish']
const said = { name: '演示人', date: '2024-02-01', reason: '演示数据，已核对' }

/** Publishes a unit's own document by the interface, then a correction of it; a published one stays as it is. */
export async function publish(request: APIRequestContext, code: string, year: number): Promise<void> {
  const session = await json<{ csrfToken: string }>(
    request.post('/api/session', { data: { login: 'demo-publisher', password } }),
  )
  const { items } = await json<{ items: { id: string; code: string }[] }>(request.get('/api/units'))
  const unit = items.find((one) => one.code === code)?.id ?? ''
  const query = `?unit=${unit}&year=${year}&whole=false`
  const take = async (step: string): Promise<Standing> => {
    const seen = await request.get(`/api/disclosure${query}`)
    return json(
      request.post(`/api/disclosure/${step}${query}`, {
        data:
          step === 'secrecy' || step === 'sign'
            ? { name: said.name, date: said.date }
            : { reason: said.reason },
        headers: { 'X-CSRF-Token': session.csrfToken, 'If-Match': seen.headers()['etag'] ?? '' },
      }),
    )
  }
  const standing = await json<Standing>(request.get(`/api/disclosure${query}`))
  if (standing.versions.length > 1) return // by a run before this one, on the same server
  for (const first of ['assemble', 'correct']) {
    let now = await take(first)
    while (now.versions.at(-1)?.stage !== 'published') now = await take(nextOf(now))
  }
}

/** The step that leads on from a standing: the last that is allowed; errors are overridden where they bar it. */
function nextOf({ allowed, versions }: Standing): string {
  const step = order.filter((one) => allowed.includes(one)).at(-1)
  if (!step) throw new Error(`nothing leads on from ${versions.at(-1)?.stage}: ${allowed.join(', ')}`)
  return step
}

async function json<T>(answer: Promise<APIResponse>): Promise<T> {
  const got = await answer
  expect(got.ok(), `${got.url()}: ${got.status()} ${await got.text()}`).toBe(true)
  return (await got.json()) as T
}
