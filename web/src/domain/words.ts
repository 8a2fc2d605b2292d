import type { components } from '@/api/schema'

type Schemas = components['schemas']

/** The words of states, grades and deeds, as the field says them. Each list is complete, or it doesn't compile. */
export const stateWords: Readonly<Record<Schemas['State'], string>> = {
  draft: '草稿',
  inReview: '审核中',
  passed: '审核通过',
  approved: '已批复',
  blocked: '不予安排',
  withdrawn: '已撤销',
}

export const gradeWords: Readonly<Record<Schemas['Grade'], string>> = {
  excellent: '优',
  good: '良',
  fair: '中',
  poor: '差',
}

export const urgencyWords: Readonly<Record<Schemas['Urgency'], string>> = {
  returned: '退回修改',
  late: '已逾期',
  due: '快到期',
  new: '新到',
}

export const actionWords: Readonly<Record<Schemas['Action'], string>> = {
  save: '填报',
  submit: '提交',
  recall: '收回',
  consent: '同意修改',
  decline: '不同意修改',
  pass: '审核通过',
  editAgreed: '协商修改',
  return: '退回',
  block: '不予安排',
  reopen: '重新开放',
  approve: '批复',
  adjust: '调整',
  withdraw: '撤销',
}

export const recordKindWords: Readonly<Record<Schemas['RecordKind'], string>> = {
  filing: '绩效目标申报表',
  sheet: '基本支出表',
  target: '整体支出绩效目标',
}

export const differenceWords: Readonly<Record<Schemas['DifferenceKind'], string>> = {
  added: '新增',
  removed: '删除',
  changed: '修改',
  moved: '移动',
}

/** 指标值变动: what became of a target since the year before. */
export const moveWords: Readonly<Record<Schemas['Move'], string>> = {
  raised: '提高',
  lowered: '降低',
  unchanged: '未变',
  reworded: '改写',
  added: '新增',
  dropped: '取消',
  blank: '未填',
}

export const noticeWords: Readonly<Record<Schemas['NoticeKind'], string>> = {
  turn: '待办',
  returned: '退回',
  remark: '审核意见',
  passed: '审核通过',
  blocked: '不予安排',
  approved: '批复',
  deputy: '代理审核',
  due: '期限提醒',
  project: '项目库',
}

export const unitKindWords: Readonly<Record<Schemas['UnitKind'], string>> = {
  administrative: '行政单位',
  civilServiceManaged: '参公事业单位',
  publicInstitution: '事业单位',
}

export const catalogueWords: Readonly<Record<Schemas['CatalogueKind'], string>> = {
  functional: '功能分类',
  departmentEconomic: '部门预算支出经济分类',
  governmentEconomic: '政府预算支出经济分类',
  revenue: '收入分类',
}

/** 口径 of the budget tables: which records count. */
export const tableStateWords: Readonly<Record<Schemas['TableState'], string>> = {
  draft: '预算草案',
  initial: '年初',
  adjusted: '变动后',
}

/** The entries of a list of words, to choose from. */
export function optionsOf<T extends string>(
  words: Readonly<Record<T, string>>,
): { value: string; text: string }[] {
  return Object.entries<string>(words).map(([value, text]) => ({ value, text }))
}

/** The roles that are given to people. */
export const roleWords = {
  preparer: '经办人',
  reviewer: '审核人',
  publisher: '公开发布人',
  admin: '系统管理员',
  security: '安全管理员',
  auditor: '审计员',
} as const
