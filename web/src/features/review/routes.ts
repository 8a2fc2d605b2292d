import type { RouteRecordRaw } from 'vue-router'

/** Views of those who approve, below a place. */
export const reviewRoutes: RouteRecordRaw[] = [
  {
    path: 'approval',
    name: 'approval',
    component: () => import('./ApprovalPage.vue'),
    meta: { actions: ['approval.read'] },
  },
]
