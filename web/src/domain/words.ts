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
}
