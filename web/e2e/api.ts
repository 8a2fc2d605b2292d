import { expect } from '@playwright/test'
import type { APIRequest, Browser, Page } from '@playwright/test'

type Json = Record<string, any> // eslint-disable-line -- what the interface gives; the types of the pages cover it

/** Somebody at the interface, for the steps of a path that aren't its point. */
export interface Seat {
  get: (path: string) => Promise<Json>
  /** Opens a page of the application in the same session. */
  open: (browser: Browser, view: string) => Promise<Page>
  /** Sends a change of the thing at the lock, which must succeed unless another status is expected. */
  send: (
    method: 'POST' | 'PUT',
    path: string,
    body: Json,
    lock?: number | string,
    status?: number,
  ) => Promise<Json>
}

/** Logs in at the interface with a demo account. */
export async function seat(request: APIRequest, baseURL: string | undefined, who: string): Promise<Seat> {
  const context = await request.newContext({ baseURL: baseURL ?? '' })
  const login = await context.post('/api/session', {
    data: { login: `demo-${who}`, password: 'biaochi-demo' },
    timeout: 30_000, // a password is hashed slowly on purpose
  })
  expect(login.ok(), `${who} logs in`).toBe(true)
  const { csrfToken } = (await login.json()) as Json
  return {
    open: async (browser, view) => {
      const page = await (await browser.newContext({ storageState: await context.storageState() })).newPage()
      await page.goto(`/app${view}`)
      return page
    },
    get: async (path) => {
      const answer = await context.get(`/api${path}`)
      expect(answer.ok(), `${who} GET ${path}: ${await answer.text()}`).toBe(true)
      return { ...((await answer.json()) as Json), tag: answer.headers()['etag'] }
    },
    send: async (method, path, body, lock, status) => {
      const tag = typeof lock === 'number' ? `"${lock}"` : lock
      const answer = await context.fetch(`/api${path}`, {
        method,
        data: body,
        headers: { 'X-CSRF-Token': csrfToken, ...(tag && { 'If-Match': tag }) },
      })
      const text = await answer.text()
      if (status) expect(answer.status(), `${who} ${method} ${path}: ${text}`).toBe(status)
      else expect(answer.ok(), `${who} ${method} ${path}: ${text}`).toBe(true)
      return { ...(JSON.parse(text) as Json), tag: answer.headers()['etag'] }
    },
  }
}
