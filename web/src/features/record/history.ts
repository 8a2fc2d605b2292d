import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type History = Schemas['RecordHistory']
type Event = Schemas['HistoryEvent']
type Difference = Schemas['Difference']

/** Which way an act sent the record: what its sign on the line says. */
export type Way = 'typed' | 'sent' | 'done' | 'back' | 'none'

/** An act as the line shows it: saves of one person in a row are one. */
export interface Act extends Event {
  since: string // when the first of them was
  saves: number
  way: Way
  remarks: Schemas['Remark'][]
}

/** What happened from one submission to what came of it. */
export interface Round {
  number: number // of the version; 0 where the record has none
  /** Why there is this round, '' for the first. */
  after: string
  acts: Act[]
}

const ways: Readonly<Record<string, Way>> = {
  save: 'typed',
  submit: 'sent',
  pass: 'done',
  approve: 'done',
  confirm: 'done',
  return: 'back',
  block: 'back',
}
const reasons: Readonly<Record<string, string>> = {
  return: '退回后修改',
  recall: '收回后修改',
  reopen: '重新开放后修改',
  approve: '批复后调整',
  adjust: '批复后调整',
}

function verbOf(event: Event): string {
  return event.action.split('.')[1] ?? ''
}

/** Puts a history, oldest first, into rounds: one ends where the next version begins, or with a return. */
export function roundsOf({ events, remarks }: Pick<History, 'events' | 'remarks'>): Round[] {
  const rounds: Round[] = []
  let last: Event | undefined // that was done
  for (const event of events) {
    const round = rounds[rounds.length - 1]
    if (!round || (!event.refused && begins(event, round, last))) {
      rounds.push({ number: event.number, after: round && last ? afterOf(last) : '', acts: [] })
    }
    add(rounds[rounds.length - 1]?.acts ?? [], event, remarks)
    if (!event.refused) last = event
  }
  return rounds
}

function begins(event: Event, round: Round, last: Event | undefined): boolean {
  if (event.number > 0) return event.number > round.number
  return last !== undefined && last.number === 0 && verbOf(last) === 'return'
}

function afterOf(last: Event): string {
  return reasons[verbOf(last)] ?? '修改'
}

function add(acts: Act[], event: Event, remarks: History['remarks']): void {
  const verb = verbOf(event)
  const before = acts[acts.length - 1]
  if (verb === 'save' && before && before.actor === event.actor && verbOf(before) === 'save') {
    if (!before.refused && !event.refused) {
      const { since, saves } = before
      const differences = together(before.differences, event.differences)
      acts[acts.length - 1] = { ...before, ...event, since, saves: saves + 1, differences }
      return
    }
  }
  acts.push({
    ...event,
    since: event.at,
    saves: 1,
    way: event.refused ? 'none' : (ways[verb] ?? 'none'),
    remarks: event.refused ? [] : remarks.filter(({ at, actor }) => at === event.at && actor === event.actor),
  })
}

/** What two saves changed between them: a place that was changed twice counts once, from first to last. */
function together(first: readonly Difference[], second: readonly Difference[]): Difference[] {
  const all = [...first]
  for (const one of second) {
    const i = all.findIndex(({ path, kind }) => path === one.path && kind === 'changed')
    const met = all[i]
    if (met && one.kind === 'changed' && met.after === one.before) all[i] = { ...one, before: met.before }
    else all.push(one)
  }
  return all.filter(({ kind, before, after }) => kind !== 'changed' || before !== after)
}
