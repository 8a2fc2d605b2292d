import { addressAt } from './place'
import type { Place } from './place'
import type { ActionName } from './session'

interface NavItem {
  text: string
  /** What stands behind the item: a view below a place or, with a leading slash, one of the installation. */
  view: string
  /** One of these opens it. */
  actions: readonly ActionName[]
}

interface NavGroup {
  title: string
  items: readonly NavItem[]
}

const navigation: readonly NavGroup[] = [
  {
    title: '预算编制',
    items: [
      {
        text: '我的任务',
        view: 'tasks',
        actions: ['filing.save', 'filing.pass', 'sheet.save', 'sheet.pass'],
      },
      { text: '绩效目标申报', view: 'filings', actions: ['filing.read'] },
      { text: '基本支出表', view: 'sheets', actions: ['sheet.read'] },
      { text: '项目库', view: 'projects', actions: ['project.read'] },
      { text: '控制数', view: 'control', actions: ['control.read'] },
      { text: '整体支出绩效目标', view: 'targets', actions: ['target.read'] },
      { text: '批复', view: 'approval', actions: ['approval.give', 'approval.giveUnit'] },
      { text: '年度安排', view: 'stages', actions: ['year.read'] },
    ],
  },
  {
    title: '预算公开',
    items: [
      { text: '预算表', view: 'tables', actions: ['tables.read'] },
      { text: '核对结果', view: 'findings', actions: ['findings.read'] },
      { text: '预算公开', view: 'disclosure', actions: ['disclosure.read'] },
      { text: '自评结果公开', view: 'evaluations', actions: ['evaluation.publish'] },
    ],
  },
  {
    title: '预算执行',
    items: [
      { text: '监控看板', view: 'board', actions: ['board.read'] },
      { text: '运行监控与自评', view: 'tracking', actions: ['monitoring.read'] },
      { text: '整体支出绩效自评', view: 'whole-evaluation', actions: ['evaluation.read'] },
      { text: '支付数据', view: 'payments', actions: ['payments.read'] },
      { text: '整改通知', view: 'corrections', actions: ['monitoring.read'] },
    ],
  },
  {
    title: '参考',
    items: [
      { text: '指标库', view: '/library', actions: ['library.read'] },
      { text: '指标体系', view: '/indicator-trees', actions: ['library.read'] },
      { text: '科目目录', view: '/settings/catalogues', actions: ['catalogue.read'] },
    ],
  },
  {
    title: '系统设置',
    items: [
      { text: '代理审核', view: '/account/deputies', actions: ['deputy.read', 'role.read'] },
      { text: '预算单位', view: '/settings/units', actions: ['unit.read'] },
      { text: '账号与角色', view: '/settings/accounts', actions: ['account.read'] },
      { text: '股室分工', view: '/settings/offices', actions: ['role.read'] },
      { text: '年度设置', view: 'year', actions: ['year.save'] },
      { text: '审计日志', view: '/settings/audit', actions: ['audit.read'] },
    ],
  },
]

interface NavLink {
  text: string
  to: string
}

/** The links that somebody with these rights sees at a place; those of a place need one. */
export function linksFor(
  mayAny: (actions: readonly ActionName[]) => boolean,
  place: Place | null,
): { title: string; links: NavLink[] }[] {
  const addressOf = ({ view }: NavItem): string | null =>
    view.startsWith('/') ? view : place && addressAt(place, view)
  return navigation
    .map(({ title, items }) => ({
      title,
      links: items
        .filter((item) => mayAny(item.actions))
        .map((item) => ({ text: item.text, to: addressOf(item) }))
        .filter((link): link is NavLink => link.to !== null),
    }))
    .filter((group) => group.links.length > 0)
}
