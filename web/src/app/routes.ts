import type { RouteRecordRaw } from 'vue-router'
import { accountRoutes, openRoutes } from '@/features/account/routes'
import { budgetRoutes } from '@/features/budget/routes'
import { disclosureRoutes } from '@/features/disclosure/routes'
import { filingRoutes } from '@/features/filing/routes'
import { intakeRoutes } from '@/features/intake/routes'
import { libraryRoutes } from '@/features/library/routes'
import { projectRoutes } from '@/features/project/routes'
import { reviewRoutes } from '@/features/review/routes'
import { settingsRoutes, yearRoutes } from '@/features/settings/routes'
import { sheetRoutes } from '@/features/sheet/routes'
import { trackingRoutes } from '@/features/tracking/routes'
import { targetRoutes } from '@/features/target/routes'

/**
 * All addresses. Work on a budget stands below /:region/:unit/:year, so that an
 * address can be sent to a colleague; what belongs to the installation does not.
 * A feature lists its own views in its routes.ts; `placed` are those below a place.
 */
const placed: RouteRecordRaw[] = [
  ...filingRoutes,
  ...sheetRoutes,
  ...targetRoutes,
  ...projectRoutes,
  ...reviewRoutes,
  ...disclosureRoutes,
  ...trackingRoutes,
  ...budgetRoutes,
  ...yearRoutes,
  ...intakeRoutes,
]

export const routes: RouteRecordRaw[] = [
  ...openRoutes,
  {
    path: '/',
    component: () => import('./AppFrame.vue'),
    children: [
      { path: '', name: 'start', component: () => import('./StartPage.vue') },
      ...accountRoutes,
      ...settingsRoutes,
      ...libraryRoutes,
      {
        path: ':region(\\d+)/:unit/:year(\\d{4})',
        component: () => import('./PlaceView.vue'),
        children: placed,
      },
      { path: ':rest(.*)*', name: 'missing', component: () => import('./MissingPage.vue') },
    ],
  },
]
