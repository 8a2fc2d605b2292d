import type { RouteRecordRaw } from 'vue-router'

/** What the field has laid down for indicators; it belongs to no unit's year. */
export const libraryRoutes: RouteRecordRaw[] = [
  {
    path: 'library',
    name: 'library',
    component: () => import('./TreePage.vue'),
    meta: { actions: ['library.read'] },
  },
]
