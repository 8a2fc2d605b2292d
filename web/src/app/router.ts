import { createRouter, createWebHistory } from 'vue-router'
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { routes } from './routes'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page opens without a login. */
    open?: boolean
    /** The page is of use to whoever may do one of these somewhere; the server decides each request by itself. */
    actions?: readonly import('./session').ActionName[]
  }
}

export const router = createRouter({
  history: createWebHistory('/app/'),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  fetchParts(to)
  const session = useSession()
  await session.ensure()
  if (!session.current) return withNext('login', to)
  if (session.mustChange && to.name !== 'password') return withNext('password', to)
  return true
})

/** Begins to fetch the page itself while the server is asked who is logged in. */
function fetchParts({ matched }: RouteLocationNormalized): void {
  for (const { components } of matched) {
    const part = components?.['default']
    // What can't be fetched is told where the router asks for it.
    if (typeof part === 'function') (part as () => Promise<unknown>)().catch(() => undefined)
  }
}

function withNext(name: string, to: RouteLocationNormalized): RouteLocationRaw {
  return { name, query: to.fullPath === '/' ? {} : { next: to.fullPath } }
}

/** Where to go after a login: an address of this application, or its start. */
export function nextOf(to: RouteLocationNormalized): string {
  const next = to.query['next']
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
