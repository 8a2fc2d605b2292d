import type { RouteRecordRaw } from 'vue-router'

/** The budget tables of a unit's year and what the checks say of them, below a place. */
export const budgetRoutes: RouteRecordRaw[] = [
  {
    path: 'tables',
    name: 'tables',
    component: () => import('./TablesPage.vue'),
    meta: { actions: ['tables.read'] },
  },
  {
    path: 'tables/:key',
    name: 'table',
    component: () => import('./TablePage.vue'),
    meta: { actions: ['tables.read'] },
  },
  {
    path: 'fund-flow',
    name: 'fundFlow',
    component: () => import('./FlowPage.vue'),
    meta: { actions: ['tables.read'] },
  },
  {
    path: 'findings',
    name: 'findings',
    component: () => import('./FindingsPage.vue'),
    meta: { actions: ['findings.read'] },
  },
]
