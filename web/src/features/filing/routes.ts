import type { RouteRecordRaw } from 'vue-router'

/** Views of a unit's filings and sheets, below a place. */
export const filingRoutes: RouteRecordRaw[] = [
  { path: 'tasks', name: 'tasks', component: () => import('./TasksPage.vue') },
  {
    path: 'filings',
    name: 'filings',
    component: () => import('./ListPage.vue'),
    props: { kind: 'filing' },
    meta: { actions: ['filing.read'] },
  },
  {
    path: 'filings/new',
    name: 'newFiling',
    component: () => import('./NewFilingPage.vue'),
    meta: { actions: ['filing.save'] },
  },
  { path: 'filings/:id(\\d+)', name: 'filing', component: () => import('./FilingPage.vue') },
  {
    path: 'sheets',
    name: 'sheets',
    component: () => import('./ListPage.vue'),
    props: { kind: 'sheet' },
    meta: { actions: ['sheet.read'] },
  },
]
