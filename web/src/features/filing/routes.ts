import type { RouteRecordRaw } from 'vue-router'

/** Views of a filing, below a place. */
export const filingRoutes: RouteRecordRaw[] = [
  { path: 'filings/:id(\\d+)', name: 'filing', component: () => import('./FilingPage.vue') },
]
