import type { RouteRecordRaw } from 'vue-router'

/** The way of a unit's document to the public, below a place. */
export const disclosureRoutes: RouteRecordRaw[] = [
  {
    path: 'disclosure',
    name: 'disclosure',
    component: () => import('./DisclosurePage.vue'),
    meta: { actions: ['disclosure.read'] },
  },
]
