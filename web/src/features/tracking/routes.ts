import type { RouteRecordRaw } from 'vue-router'

/** Views of the year after approval, below a place. */
export const trackingRoutes: RouteRecordRaw[] = [
  {
    path: 'board',
    name: 'board',
    component: () => import('./BoardPage.vue'),
    meta: { actions: ['board.read'] },
  },
  {
    path: 'tracking',
    name: 'tracking',
    component: () => import('./OverviewPage.vue'),
    meta: { actions: ['monitoring.read'] },
  },
  {
    path: 'payments',
    name: 'payments',
    component: () => import('./PaymentsPage.vue'),
    meta: { actions: ['payments.read'] },
  },
  {
    path: 'control',
    name: 'control',
    component: () => import('./ControlPage.vue'),
    meta: { actions: ['control.read'] },
  },
  {
    path: 'corrections',
    name: 'corrections',
    component: () => import('./CorrectionsPage.vue'),
    meta: { actions: ['monitoring.read'] },
  },
  {
    path: 'monitoring/:id(\\d+)/:window',
    name: 'monitoringSheet',
    component: () => import('./TrackedPage.vue'),
    meta: { actions: ['monitoring.read'] },
  },
  {
    path: 'whole-evaluation',
    name: 'wholeEvaluation',
    component: () => import('./WholePage.vue'),
    meta: { actions: ['evaluation.read'] },
  },
  {
    path: 'evaluation/:id(\\d+)',
    name: 'evaluationSheet',
    component: () => import('./TrackedPage.vue'),
    meta: { actions: ['evaluation.read'] },
  },
]
