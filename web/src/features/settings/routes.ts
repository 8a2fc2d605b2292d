import type { RouteRecordRaw } from 'vue-router'

/** Settings of the installation: they belong to no unit's year. */
export const settingsRoutes: RouteRecordRaw[] = [
  {
    path: 'settings/accounts',
    name: 'accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { actions: ['account.read'] },
  },
  {
    path: 'settings/units',
    name: 'units',
    component: () => import('./UnitsPage.vue'),
    meta: { actions: ['unit.read'] },
  },
  {
    path: 'settings/offices',
    name: 'offices',
    component: () => import('./OfficesPage.vue'),
    meta: { actions: ['role.read'] },
  },
  {
    path: 'settings/catalogues',
    name: 'catalogues',
    component: () => import('./CataloguesPage.vue'),
    meta: { actions: ['catalogue.read'] },
  },
  {
    path: 'settings/audit',
    name: 'audit',
    component: () => import('./AuditPage.vue'),
    meta: { actions: ['audit.read'] },
  },
]

/** What is set for a year, below a place. */
export const yearRoutes: RouteRecordRaw[] = [
  {
    path: 'stages',
    name: 'stages',
    component: () => import('./StagesPage.vue'),
    meta: { actions: ['year.read'] },
  },
  {
    path: 'year',
    name: 'year',
    component: () => import('./YearPage.vue'),
    meta: { actions: ['year.read'] },
  },
]
