import { createRouter, createWebHistory } from 'vue-router'
import type { RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/:rest(.*)*', name: 'start', component: () => import('./StartPage.vue') },
]

export const router = createRouter({ history: createWebHistory('/app/'), routes })
