import type { RouteRecordRaw } from 'vue-router'

/** Views of a filing, below a place. */
export const filingRoutes: RouteRecordRaw[] = [
  { path: 'filings/new', name: 'newFiling', component: () => import('./NewFilingPage.vue') },
  { path: 'filings/:id(\\d+)', name: 'filing', component: () => import('./FilingPage.vue') },
]
