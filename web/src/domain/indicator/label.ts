import { amountAt } from './amount'
import { dateLabel } from './date'
import { at, from, hasDigit, isDigit, isHan, isLetter, isSign, oneOf, type Line } from './fold'
import { arabicAt, isNumeral } from './number'
import { raw, terms } from './vocabulary'

/** Gives the place after a number that belongs to a name, or i: PM2.5, 第3期, 指标1:, 3号楼, 5G,
 * 2023年, 12345热线…≥95%. */
export function labelEnd(s: Line, i: number, end: number): number {
  const before = at(s, i - 1)
  if ((before === ' ' && currencyBefore(s.slice(0, i - 1))) || currencyBefore(s.slice(0, i))) return i
  if (isLetter(before) || oneOf('第每〔$€£', before) || ranks(s.slice(0, i))) {
    return Math.max(end, arabicAt(s, i)?.end ?? i + 1)
  }
  if (at(s, end) === ':' && i > 0 && !isDigit(at(s, end + 1))) return end
  if (!hasDigit(from(s, end)) || endsInOperator(s.slice(0, i))) return i
  const day = dateLabel(s, i)
  if (day > i) return day
  const age = amountAt(s, i)
  if (age && raw.ageUnits.includes(age.unit)) return age.end // 0-6岁儿童健康管理率≥90%
  return namesThing(s, end) ? end : i
}

/** After a number stands a rank or a word that no list of units has. */
function namesThing(s: Line, end: number): boolean {
  const next = at(s, end)
  const word = terms.units.at(s, end)
  const unlisted = !word && (isHan(next) || isLetter(next)) && !isNumeral(next)
  return (word?.meaning.unitClass === 'ordinal' || unlisted) && (isLetter(next) || hasSignAfter(s, end))
}

/** 前3名 and 排名前10% are ranks; 提前5天 and 年底前100% aren't. */
export function ranks(before: Line): boolean {
  const n = before.length
  if (at(before, n - 1) !== '前') return false
  return n === 1 || !oneOf('提底末月日号旬初中年度以之目当', at(before, n - 2))
}

function currencyBefore(s: Line): boolean {
  return terms.lead.ending(s)?.meaning.role === 'currency'
}

function endsInOperator(s: Line): boolean {
  return terms.lead.ending(s)?.meaning.role === 'operator'
}

function hasSignAfter(s: Line, i: number): boolean {
  for (; i < s.length; i++) {
    if (isSign(at(s, i))) return true
    if (!isHan(at(s, i))) continue
    const word = terms.lead.at(s, i)
    if (word && word.length > 2 && word.meaning.role === 'operator') return true
  }
  return false
}
