import { expect, test } from 'vitest'
import { roundsOf } from './history'
import type { History } from './history'

type Event = History['events'][number]
let minute = 0

function event(action: string, number: number, rest: Partial<Event> = {}): Event {
  const at = `2026-03-01T02:${String(minute++).padStart(2, '0')}:00Z`
  const blank = { deputyFor: '', reason: '', refused: '', why: '', step: '', stepName: '', title: action }
  return { ...blank, at, action, number, actor: 'jb', differences: [], ...rest }
}

const goal = (before: string, after: string) => ({
  path: '$.form.annualGoal',
  label: '年度目标',
  before,
  after,
  kind: 'changed' as const,
})

test('a history falls into rounds, and what one person typed in a row is one act', () => {
  const returned = event('filing.return', 1, { actor: 'fz', reason: '太笼统' })
  const events = [
    event('filing.save', 1),
    event('filing.save', 1, { differences: [goal('', '甲')] }),
    event('filing.save', 1, { differences: [goal('甲', '乙')] }),
    event('filing.submit', 1, { refused: 'workflow.errors', why: '还有校验错误' }),
    event('filing.submit', 1),
    returned,
    event('filing.save', 2),
    event('filing.submit', 2),
    event('filing.approve', 2),
    event('filing.adjust', 3),
  ]
  const remark = { path: '$.form', text: '请写明', actor: 'fz', at: returned.at, number: 1 }
  const rounds = roundsOf({ events, remarks: [{ ...remark, deputyFor: '', step: '' }] })
  expect(rounds.map(({ number, after, acts }) => [number, after, acts.length])).toEqual([
    [1, '', 4],
    [2, '退回后修改', 3],
    [3, '批复后调整', 1],
  ])
  const [saved, refused, sent, back] = rounds[0]?.acts ?? []
  expect(saved).toMatchObject({ saves: 3, since: events[0]?.at, at: events[2]?.at, way: 'typed' })
  expect(saved?.differences).toEqual([goal('', '乙')])
  expect([refused?.way, sent?.way, back?.way]).toEqual(['none', 'sent', 'back'])
  expect(back?.remarks.map(({ text }) => text)).toEqual(['请写明'])
})

test('a sheet without versions begins a round after each return', () => {
  const events = ['submit', 'return', 'save', 'submit', 'confirm'].map((verb) =>
    event(`monitoring.${verb}`, 0),
  )
  const rounds = roundsOf({ events, remarks: [] })
  expect(rounds.map(({ after, acts }) => [after, acts.length])).toEqual([
    ['', 2],
    ['退回后修改', 3],
  ])
})
