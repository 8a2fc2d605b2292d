import type { RouteRecordRaw } from 'vue-router'

/** The project library (项目库), below a place. */
export const projectRoutes: RouteRecordRaw[] = [
  {
    path: 'projects',
    name: 'projects',
    component: () => import('./ProjectsPage.vue'),
    meta: { actions: ['project.read'] },
  },
  {
    path: 'projects/:id(\\d+)',
    name: 'project',
    component: () => import('./ProjectPage.vue'),
    meta: { actions: ['project.read'] },
  },
]
