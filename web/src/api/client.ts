import createClient from 'openapi-fetch'
import { failureFrom } from './failure'
import { sendTelling } from './file'
import type { paths } from './schema'

interface Guard {
  /** The token that every deed of the session must carry. */
  csrfToken(): string
  /** Asks the person to log in again; resolves to false where they would rather not. */
  logInAgain(): Promise<boolean>
}

let guard: Guard = { csrfToken: () => '', logInAgain: () => Promise.resolve(false) }

/** Ties the client to the session. The session knows the client, so the tie is made at start. */
export function guardWith(session: Guard): void {
  guard = session
}

/**
 * Sends a request in the session's name. Where the session has ended meanwhile, the
 * request waits until the person has logged in again and is then sent once more, so
 * that nothing typed is lost.
 */
async function send(request: Request, transport = fetchAnswer): Promise<Response> {
  const again = request.clone()
  const response = await transport(inSession(request))
  if (response.status !== 401 || isLogin(request)) return response
  return (await guard.logInAgain()) ? transport(inSession(again)) : response
}

function fetchAnswer(request: Request): Promise<Response> {
  return fetch(request)
}

/** The option of a request that tells how much of its body has gone, as a share from 0 to 1. */
export function telling(tell: (share: number) => void): { fetch: (request: Request) => Promise<Response> } {
  return { fetch: (request) => send(request, (one) => sendTelling(one, tell)) }
}

function inSession(request: Request): Request {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.headers.set('X-CSRF-Token', guard.csrfToken())
  }
  return request
}

function isLogin(request: Request): boolean {
  return new URL(request.url).pathname === '/api/session' && request.method !== 'DELETE'
}

/** The typed interface of the server; its types come from api/openapi.json alone. */
export const api = createClient<paths>({
  baseUrl: `${location.origin}/api`,
  fetch: (request) => send(request),
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/**
 * What a request brings. Throws a Failure where it did not succeed.
 *
 *     const session = await call(api.GET('/session'))
 */
export async function call<T>(request: Promise<Answer<T>>): Promise<T> {
  return (await callWithTag(request)).data
}

/** As call, with the entity tag that the next change of the same thing has to name in If-Match. */
export async function callWithTag<T>(request: Promise<Answer<T>>): Promise<{ data: T; tag: string }> {
  const { data, error, response } = await request
  if (!response.ok) throw failureFrom(response, error)
  return { data: data as T, tag: response.headers.get('ETag') ?? '' }
}

/** The entity tag of a version, for If-Match. */
export function tagOf(version: number): string {
  return `"${version}"`
}
