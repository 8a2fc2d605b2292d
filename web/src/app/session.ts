import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, call, guardWith } from '@/api/client'
import { Failure } from '@/api/failure'
import type { components } from '@/api/schema'

export type Session = components['schemas']['sessionOut']
export type ActionName = components['schemas']['ActionName']
/** A role that somebody holds somewhere. */
export type HeldRole = Session['roles'][number]

/**
 * Who is logged in, and what the server says they may do. Nothing here works out a
 * right: `may` only looks up the server's list.
 */
export const useSession = defineStore('session', () => {
  const current = ref<Session | null>(null)
  const known = ref(false) // whether the server has been asked
  const waiting = ref<((back: boolean) => void) | null>(null)
  let asking: Promise<boolean> | null = null
  let token = ''

  /** Whether the server lets the person do the action somewhere. */
  function may(action: ActionName): boolean {
    return current.value?.actions.includes(action) ?? false
  }

  function mayAny(actions: readonly ActionName[]): boolean {
    return actions.some(may)
  }

  /** Asks the server who is logged in, unless that is known. */
  async function ensure(): Promise<void> {
    if (!known.value) await load()
  }

  async function load(): Promise<void> {
    try {
      current.value = await call(api.GET('/session'))
      token = current.value.csrfToken
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.status !== 401) throw thrown
      current.value = null
    }
    known.value = true
  }

  async function logIn(login: string, password: string): Promise<void> {
    const signed = await call(api.POST('/session', { body: { login, password } }))
    token = signed.csrfToken
    await load()
  }

  async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
    const signed = await call(api.POST('/session/password', { body: { oldPassword, newPassword } }))
    token = signed.csrfToken
    await load()
  }

  async function logOut(): Promise<void> {
    await call(api.DELETE('/session'))
    current.value = null
    token = ''
  }

  /** One question at a time, however many requests wait for its answer. */
  function logInAgain(): Promise<boolean> {
    if (!current.value) return Promise.resolve(false)
    asking ??= new Promise<boolean>((resolve) => {
      waiting.value = resolve
    }).finally(() => {
      waiting.value = null
      asking = null
    })
    return asking
  }

  guardWith({ csrfToken: () => token, logInAgain })

  const mustChange = computed(() => current.value?.mustChange ?? '')
  return { current, known, waiting, mustChange, may, mayAny, ensure, load, logIn, logOut, changePassword }
})
