import type { RouteRecordRaw } from 'vue-router'

/** Settings of the installation: they belong to no unit's year. */
export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: 'settings/accounts',
    name: 'accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { actions: ['account.read'] },
  },
]
