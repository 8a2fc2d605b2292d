import type { RouteRecordRaw } from 'vue-router'

/** Views of the year after approval, below a place. */
export const trackingRoutes: RouteRecordRaw[] = [
  {
    path: 'board',
    name: 'board',
    component: () => import('./BoardPage.vue'),
    meta: { actions: ['board.read'] },
  },
]
