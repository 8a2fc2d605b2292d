import type { RouteRecordRaw } from 'vue-router'

/** Views that need no login. */
export const openRoutes: RouteRecordRaw[] = [
  { path: '/login', name: 'login', component: () => import('./LoginPage.vue'), meta: { open: true } },
]

/** A person's own account. */
export const accountRoutes: RouteRecordRaw[] = [
  { path: 'account/password', name: 'password', component: () => import('./PasswordPage.vue') },
  { path: 'notices', name: 'notices', component: () => import('./NoticesPage.vue') },
  {
    path: 'account/deputies',
    name: 'deputies',
    component: () => import('./DeputiesPage.vue'),
    meta: { actions: ['deputy.read', 'role.read'] },
  },
]
