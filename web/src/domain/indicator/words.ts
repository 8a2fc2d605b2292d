import { grouped } from './decimal'
import type { TargetValue } from './value'

/** Say an operator for counts; levels say it for money and rates. */
const phrases: Record<string, string> = {
  '>=': '不少于',
  '<=': '不超过',
  '=': '等于',
  '>': '多于',
  '<': '少于',
}
const levels: Record<string, string> = {
  '>=': '不低于',
  '<=': '不高于',
  '=': '等于',
  '>': '高于',
  '<': '低于',
}

/** Says in Chinese how a value was understood, to stand under its field: ≤450元/人·天 is
 * 不高于 450 元，每人每天. Empty gives an empty text. */
export function wordsOf(v: TargetValue): string {
  switch (v.kind) {
    case 'empty':
      return ''
    case 'date':
      return dateWords(v)
    case 'change':
      return changeWords(v) + perWords(v)
    case 'grade':
      return '文字描述，按判断评定'
  }
  const words = v.kind === 'quantity' ? phrases : levels
  return `${words[v.operator] ?? ''} ${figure(v)}`.trim() + perWords(v)
}

/** Gives number and unit; only the per cent sign follows without a space. */
function figure(v: TargetValue): string {
  const unit = v.unit === '%' || v.unit === '' ? v.unit : ` ${v.unit}`
  if (v.operator !== 'range') return grouped(v.value) + unit
  const low = v.unit === '%' ? `${grouped(v.value)}%` : grouped(v.value)
  return `${low} 至 ${grouped(v.upper)}${unit}`
}

function changeWords(v: TargetValue): string {
  const relative = v.unit === '%' || v.unit.endsWith('百分点')
  const up = relative ? '提高' : '增加'
  const down = relative ? '下降' : '减少'
  return `${v.direction === 'up' ? up : down}${levels[v.operator] ?? ''} ${figure(v)}`
}

/** Splits 人·天 at its joints: 每人每天. */
function perWords(v: TargetValue): string {
  const parts = v.per.split(/[\u00b7*\u00d7/\u3001.-]/).filter((part) => part !== '')
  return parts.length > 0 ? `，每${parts.join('每')}` : ''
}

function dateWords(v: TargetValue): string {
  const [year = '', month = '', day = ''] = v.date.split('-')
  const word = v.operator === '>=' ? '不早于' : '不晚于'
  return `${word} ${year}年${Number(month)}月${Number(day)}日`
}
