import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api, call } from '@/api/client'
import type { components } from '@/api/schema'

export type Notice = components['schemas']['Notice']

/** How many notices the person hasn't read, as the server counts them. */
export const useNotices = defineStore('notices', () => {
  const unread = ref(0)

  async function fetchPage(page: number, size: number): Promise<components['schemas']['NoticePage']> {
    const got = await call(api.GET('/notices', { params: { query: { page, size } } }))
    unread.value = got.unread
    return got
  }

  /** Marks some as read, or all. */
  async function read(ids?: string[]): Promise<void> {
    await call(api.POST('/notices/read', { body: ids ? { ids } : {} }))
    await fetchPage(1, 1)
  }

  return { unread, fetchPage, read }
})
