import type { RouteRecordRaw } from 'vue-router'

/** Tables that come in for a unit's year, below a place. */
export const intakeRoutes: RouteRecordRaw[] = [
  {
    path: 'filings/import',
    name: 'importFilings',
    component: () => import('./ImportPage.vue'),
    props: { kind: 'filing' },
    meta: { actions: ['filing.save'] },
  },
  {
    path: 'sheets/import',
    name: 'importLines',
    component: () => import('./ImportPage.vue'),
    props: { kind: 'sheet' },
    meta: { actions: ['sheet.save'] },
  },
]
