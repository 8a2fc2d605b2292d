// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api, call, guardWith } from './client'
import { Failure } from './failure'

const expired = {
  type: '',
  title: '',
  status: 401,
  detail: '登录已失效',
  instance: '',
  reason: 'session.ended',
  requestId: 'R',
}
let sent: { path: string; csrf: string | null; body: string }[] = []
let answers: Response[] = []

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
}

beforeEach(() => {
  sent = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push({
      path: new URL(request.url).pathname,
      csrf: request.headers.get('X-CSRF-Token'),
      body: await request.text(),
    })
    return answers.shift()
  })
})

afterEach(() => vi.unstubAllGlobals())

const reset = (): Promise<unknown> =>
  call(api.POST('/accounts/{id}/password-reset', { params: { path: { id: '7' } }, body: { reason: '忘记' } }))

it('sends a deed once more after a new login, whole and with the new token', async () => {
  let token = 'old'
  guardWith({ csrfToken: () => token, logInAgain: () => Promise.resolve((token = 'new') === 'new') })
  answers = [answer(401, expired), answer(200, { oneTimePassword: 'x' })]
  await expect(reset()).resolves.toEqual({ oneTimePassword: 'x' })
  const body = JSON.stringify({ reason: '忘记' })
  expect(sent).toEqual([
    { path: '/api/accounts/7/password-reset', csrf: 'old', body },
    { path: '/api/accounts/7/password-reset', csrf: 'new', body },
  ])
})

it('gives up where the person would rather not log in', async () => {
  guardWith({ csrfToken: () => 'old', logInAgain: () => Promise.resolve(false) })
  answers = [answer(401, expired)]
  await expect(reset()).rejects.toMatchObject({ reason: 'session.ended' })
  expect(sent).toHaveLength(1)
})

it('never asks again over a login that failed', async () => {
  const logInAgain = vi.fn(() => Promise.resolve(true))
  guardWith({ csrfToken: () => '', logInAgain })
  answers = [answer(401, { ...expired, reason: 'login.wrong' })]
  await expect(call(api.POST('/session', { body: { login: 'a', password: 'b' } }))).rejects.toBeInstanceOf(
    Failure,
  )
  expect(logInAgain).not.toHaveBeenCalled()
})

it('carries no token on what only reads', async () => {
  guardWith({ csrfToken: () => 'old', logInAgain: () => Promise.resolve(false) })
  answers = [answer(200, { years: [] })]
  await call(api.GET('/years'))
  expect(sent[0]?.csrf).toBeNull()
})
