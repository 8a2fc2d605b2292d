import { shownTime } from '@/domain/time'
import { gradeWords, stateWords } from '@/domain/words'
import type { RecordItem } from './records'

const heads = [
  '项目代码',
  '项目名称',
  '单位代码',
  '单位名称',
  '年度',
  '本年金额（元）',
  '上年金额（元）',
  '状态',
  '环节',
  '等级',
  '校验错误',
  '校验提醒',
  '最近办理时间',
  '最近办理人',
]

/** Records as the rows of an exported list, amounts in yuan as the server gives them. */
export function rowsOf(records: readonly RecordItem[]): string[][] {
  return [heads, ...records.map(row)]
}

function row(record: RecordItem): string[] {
  return [
    record.code,
    record.name,
    record.unit.code,
    record.unit.name,
    String(record.year),
    record.amount,
    record.lastYear ?? '',
    stateWords[record.state],
    record.at === null ? '' : (record.steps[record.at] ?? ''),
    record.grade ? gradeWords[record.grade] : '',
    String(record.errors),
    String(record.warnings),
    record.movedAt ? shownTime(record.movedAt) : '',
    record.movedBy,
  ]
}
