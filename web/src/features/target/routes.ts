import type { RouteRecordRaw } from 'vue-router'

/** Views of whole-unit targets (整体支出绩效目标), below a place. */
export const targetRoutes: RouteRecordRaw[] = [
  {
    path: 'targets',
    name: 'targets',
    component: () => import('@/features/filing/ListPage.vue'),
    props: { kind: 'target' },
    meta: { actions: ['target.read'] },
  },
  {
    path: 'targets/new',
    name: 'newTarget',
    component: () => import('@/features/filing/BeginPage.vue'),
    props: { kind: 'target' },
    meta: { actions: ['target.save'] },
  },
  { path: 'targets/:id(\\d+)', name: 'target', component: () => import('./TargetPage.vue') },
]
