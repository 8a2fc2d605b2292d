import type { RouteRecordRaw } from 'vue-router'

/** What the field has laid down for indicators; it belongs to no unit's year. */
export const libraryRoutes: RouteRecordRaw[] = [
  {
    path: 'library',
    name: 'library',
    component: () => import('./LibraryPage.vue'),
    meta: { actions: ['library.read'] },
  },
  {
    path: 'indicator-trees',
    name: 'trees',
    component: () => import('./TreePage.vue'),
    meta: { actions: ['library.read'] },
  },
]
