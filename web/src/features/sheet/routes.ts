import type { RouteRecordRaw } from 'vue-router'

/** Views of a basic sheet, below a place. */
export const sheetRoutes: RouteRecordRaw[] = [
  {
    path: 'sheets/new',
    name: 'newSheet',
    component: () => import('@/features/filing/BeginPage.vue'),
    props: { kind: 'sheet' },
    meta: { actions: ['sheet.save'] },
  },
  { path: 'sheets/:id(\\d+)', name: 'sheet', component: () => import('./SheetPage.vue') },
]
