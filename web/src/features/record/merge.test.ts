import { expect, it } from 'vitest'
import { choose, merge } from './merge'
import type { Layout } from './merge'

interface Draft {
  goal: string
  prior: Record<string, string>
  rows: { name: string; kind: string; from: { name: string } }[]
}

const layout: Layout = {
  lists: { rows: '明细' },
  untyped: ['from'],
  placeOf: (keys) => keys.join('.').replace(/\.(\d+)/g, '[$1]'),
  words: { kind: { goods: '货物', services: '服务' } },
}

function draft(change: (one: Draft) => void = () => undefined): Draft {
  const one = {
    goal: '甲',
    prior: { 'threePublic.overseas': '1' },
    rows: [{ name: '一', kind: 'goods', from: { name: '旧' } }],
  }
  change(one)
  return one
}

it('takes what only one of two people touched', () => {
  const mine = draft((one) => (one.prior['threePublic.overseas'] = '2'))
  const theirs = draft((one) => one.rows.forEach((row) => (row.name = '二')))
  const merged = merge(layout, draft(), mine, theirs)
  expect(merged.clashes).toEqual([])
  expect(merged.draft.prior).toEqual({ 'threePublic.overseas': '2' })
  expect(merged.draft.rows[0]?.name).toBe('二')
})

it('asks where both wrote, in words, and takes what is chosen', () => {
  const mine = draft((one) => Object.assign(one, { goal: '乙' }).rows.forEach((row) => (row.kind = '')))
  const theirs = draft((one) =>
    Object.assign(one, { goal: '丙' }).rows.forEach((row) => (row.kind = 'services')),
  )
  const { draft: merged, clashes } = merge(layout, draft(), mine, theirs)
  expect(clashes.map(({ place, mine: m, theirs: t }) => [place, m, t])).toEqual([
    ['goal', '乙', '丙'],
    ['rows[0].kind', '', '服务'],
  ])
  expect(merged.goal).toBe('丙')
  for (const clash of clashes) choose(merged, mine, clash)
  expect(merged.goal).toBe('乙')
  expect(merged.rows[0]?.kind).toBe('')
})

it('counts a list as one where rows came or went', () => {
  const longer = (name: string) => draft((one) => one.rows.push({ name, kind: 'goods', from: { name: '' } }))
  expect(merge(layout, draft(), longer('二'), draft()).draft.rows).toHaveLength(2)
  const { draft: merged, clashes } = merge(layout, draft(), longer('二'), longer('三'))
  expect(clashes).toMatchObject([
    { place: 'rows', label: '明细', mine: '一，货物\n二，货物', theirs: '一，货物\n三，货物' },
  ])
  for (const clash of clashes) choose(merged, longer('二'), clash)
  expect(merged.rows[1]?.name).toBe('二')
})
