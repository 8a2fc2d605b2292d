import type { RouteRecordRaw } from 'vue-router'

/** The way of a unit's document and of its self-evaluations to the public, below a place. */
export const disclosureRoutes: RouteRecordRaw[] = [
  {
    path: 'disclosure',
    name: 'disclosure',
    component: () => import('./DisclosurePage.vue'),
    meta: { actions: ['disclosure.read'] },
  },
  {
    path: 'evaluations',
    name: 'evaluations',
    component: () => import('./EvaluationsPage.vue'),
    meta: { actions: ['evaluation.read'] },
  },
]
