import { reactive } from 'vue'
import { api, call } from '@/api/client'

const most = 100 // that one question may ask for

const names = reactive(new Map<string, string>())
const asked = new Set<string>()
let waiting: string[] = []

/**
 * What others call whoever has a login: the login itself until the server has said,
 * and for what is no account, such as a command line. All logins that a page shows are
 * asked for at once, each once.
 */
export function personName(login: string): string {
  if (login && !asked.has(login)) {
    asked.add(login)
    if (waiting.push(login) === 1) queueMicrotask(askAll)
  }
  return names.get(login) ?? login
}

function askAll(): void {
  const logins = waiting
  waiting = []
  for (let i = 0; i < logins.length; i += most) void ask(logins.slice(i, i + most))
}

async function ask(login: string[]): Promise<void> {
  try {
    const { items } = await call(api.GET('/people', { params: { query: { login } } }))
    for (const one of items) names.set(one.login, one.name)
  } catch {
    for (const one of login) asked.delete(one) // asked again when shown again
  }
}
