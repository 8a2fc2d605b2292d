import { expect, it } from 'vitest'
import { linksFor } from './navigation'
import type { ActionName } from './session'

const place = { region: '450103000', unit: '103/1', year: 2023 }

function who(...actions: ActionName[]): (asked: readonly ActionName[]) => boolean {
  return (asked) => asked.some((action) => actions.includes(action))
}

it('shows what the actions open, at the place', () => {
  const links = linksFor(who('filing.read'), place).flatMap((group) => group.links)
  expect(links).toEqual([{ text: '绩效目标申报', to: '/450103000/103%2F1/2023/filings' }])
})

it('shows nothing of a place to whoever has none, and nothing at all without rights', () => {
  const links = linksFor(who('filing.read', 'account.read'), null).flatMap((group) => group.links)
  expect(links.map((link) => link.to)).toEqual(['/settings/accounts'])
  expect(linksFor(who(), place)).toEqual([])
})
