import { nextTick } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { Failure } from '@/api/failure'
import { useSubmit } from '@/components/submit'
import { moveTo } from './project'

interface Subject {
  ranking: 'department' | 'finance' | null
  version: number
  year: number
}

interface Ranking {
  busy: Ref<boolean>
  failure: ShallowRef<Failure | null>
  move: (id: string, place: number) => Promise<void>
  /** Reads the order anew after a move that was refused. */
  again: () => Promise<void>
}

/** The field of a project's place; the focus follows the project when its row moves. */
export function rankField(id: string): string {
  return `rank-${id}`
}

/** Moves in an order: one after the other, each over the version that the list shows. */
export function useRanking(subject: () => Subject, reload: () => Promise<void>): Ranking {
  let next = { id: '', place: 0 }
  const { busy, failure, submit } = useSubmit(async () => {
    const { ranking, version, year } = subject()
    if (ranking) await moveTo(ranking, next.id, version, year, next.place)
    await reload()
  })
  async function move(id: string, place: number): Promise<void> {
    if (busy.value) return
    next = { id, place }
    await submit()
    await nextTick()
    document.getElementById(rankField(id))?.focus()
  }
  async function again(): Promise<void> {
    failure.value = null
    await reload()
  }
  return { busy, failure, move, again }
}
