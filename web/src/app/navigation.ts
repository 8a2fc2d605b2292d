import { addressAt } from './place'
import type { Place } from './place'
import type { ActionName } from './session'

interface NavItem {
  text: string
  /** What stands behind the item, below a place or, with a leading slash, of the installation. */
  view: string
  /** One of these opens it. */
  actions: readonly ActionName[]
}

interface NavGroup {
  title: string
  items: readonly NavItem[]
}

export const navigation: readonly NavGroup[] = [
  {
    title: '系统设置',
    items: [{ text: '账号与角色', view: '/settings/accounts', actions: ['account.read'] }],
  },
]

export interface NavLink {
  text: string
  to: string
}

/** The links that somebody with these rights sees at a place; those of a place need one. */
export function linksFor(
  mayAny: (actions: readonly ActionName[]) => boolean,
  place: Place | null,
): { title: string; links: NavLink[] }[] {
  return navigation
    .map((group) => ({
      title: group.title,
      links: group.items
        .filter((item) => mayAny(item.actions) && (place || item.view.startsWith('/')))
        .map((item) => ({
          text: item.text,
          to: place && !item.view.startsWith('/') ? addressAt(place, item.view) : item.view,
        })),
    }))
    .filter((group) => group.links.length > 0)
}
