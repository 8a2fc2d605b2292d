import { amountAt, tailAt, type Amount, type Tail } from './amount'
import { firstYear, lastYear } from './calendar'
import { compare, isWhole, negated, plain, whole } from './decimal'
import { at, containsAny, has, hasDigit, isDigit, isHan, oneOf, textOf, type Line } from './fold'
import { readChain, readInterval } from './interval'
import { labelEnd, ranks } from './label'
import { leadOf, type Lead } from './lead'
import { fractionAt, isNumeral } from './number'
import type { Kind, Meaning } from './value'
import { raw, terms, type Direction, type Operator, type UnitClass } from './vocabulary'

/** Reads everything with a number that is no date. All of the line must belong to one figure: two
 * figures, 6个月,每月200元, can't be compared as one. */
export function readMeasure(s: Line): Meaning | undefined {
  for (let i = 0; i < s.length;) {
    const end = plainNumber(s, i)
    if (end === undefined) {
      i++
      continue
    }
    const skip = labelEnd(s, i, end)
    if (skip <= i) return readAround(s, i)
    i = skip
  }
  return readChinese(s)
}

/** Tells where figures end that need no further proof: arabic digits and 百分之. */
function plainNumber(s: Line, i: number): number | undefined {
  const share = fractionAt(s, i)
  if (share) return share.end
  let j = i
  if (at(s, j) === '.' && !isDigit(at(s, j - 1)) && isDigit(at(s, j + 1))) j++
  while (isDigit(at(s, j))) j++
  return j > i ? j : undefined
}

/** Looks for a chinese numeral where no figures stand. It must be the whole matter, since numerals live
 * in many words: 一次性, 三村符合条件的人员. */
function readChinese(s: Line): Meaning | undefined {
  for (let i = 0; i < s.length; i++) {
    const r = at(s, i)
    const before = at(s, i - 1)
    if (!isNumeral(r) && r !== '半') continue
    if (isNumeral(before) || raw.never.includes(before) || ranks(s.slice(0, i))) continue
    if (r === '半' && isHan(before) && before !== '每') continue
    const meaning = readAround(s, i)
    if (meaning) return meaning
  }
  return undefined
}

/** Reads the amount at i with the words on both sides. */
function readAround(s: Line, i: number): Meaning | undefined {
  const amount = amountAt(s, i)
  if (!amount) return undefined
  const chain = readChain(s, i, amount)
  if (chain) return chain
  const length = amount.end - i
  const lead = leadOf(s.slice(0, i))
  const tail = tailAt(s, amount)
  const direction = changeAfter(tail.rest)
  if (direction && !lead.direction && !lead.level) {
    lead.direction = direction
    tail.rest = []
  }
  if (lead.currency && amount.unitClass === 'none') {
    amount.unitClass = 'money'
    amount.unit = '元'
  }
  const interval = readInterval(lead, amount, tail)
  if (interval) return interval
  return accepts(lead, amount, tail, length) ? build(lead, amount, tail) : undefined
}

/** Reads a change named after its size: 5%的增长, 5%以上提升. */
function changeAfter(rest: Line): Direction | undefined {
  const s = at(rest, 0) === '的' ? rest.slice(1) : rest
  const change = terms.changes.at(s, 0)
  return change && change.length === s.length ? change.meaning : undefined
}

/** Says whether the words around an amount of a length leave it the whole matter. */
function accepts(lead: Lead, amount: Amount, tail: Tail, length: number): boolean {
  if (hasDigit(tail.rest) || containsAny(tail.rest, '≥≤><=≠%‰*×/+:$€£_')) return false
  if (containsAny(lead.name, '≥≤><=≠$€£*_') || isCalendar(lead, amount, tail)) return false
  const operator = lead.strong || lead.direction !== undefined || lead.level
  if (amount.chinese) return acceptsChinese(lead, amount, tail, length, operator)
  const bound = operator || boundTo(lead.name, amount)
  return bound && (operator || tail.operator !== undefined || takesTail(amount, tail.rest))
}

function acceptsChinese(lead: Lead, amount: Amount, tail: Tail, length: number, operator: boolean): boolean {
  if (amount.unit === '分' && tail.rest.length > 0) return false // 十分满意
  const alone = lead.name.length + tail.rest.length === 0 && length > 1 // 一百二十, but not 一
  if (amount.unitClass === 'unknown') return false
  if (amount.unitClass === 'none' && !operator && !alone) return false
  return operator || tail.operator !== undefined || closedTail(tail.rest)
}

/** Tells what names a day, month or year rather than so many of them: 每月15日前, 6月 beside other words,
 * 2023年起. */
function isCalendar(lead: Lead, { unit, low }: Amount, tail: Tail): boolean {
  switch (unit) {
    case '日':
      return recurring(lead.name) && !lead.strong
    case '月':
      return !lead.strong && tail.operator === undefined && compare(low, whole(12)) <= 0
    case '年':
      return isWhole(low) && compare(low, whole(firstYear)) >= 0 && compare(low, whole(lastYear)) <= 0
  }
  return false
}

/** Says whether something recurs within the year: 每月, but not 每年. */
export function recurring(name: Line): boolean {
  return name.some((r, i) => r === '每' && !has(name, i, '每年'))
}

/** A bare number right after a name is its number (附件1) unless the name asks for one (完成率100). */
function boundTo(name: Line, amount: Amount): boolean {
  if (name.length === 0 || amount.unitClass !== 'none') return true
  return raw.boundNouns.some((noun) => textOf(name).endsWith(noun))
}

/** What may follow without an operator. A count takes its noun, 2个项目; a span of time doesn't, since
 * 24小时值班 and 2023年劳务派遣人员 measure nothing. */
function takesTail(amount: Amount, rest: Line): boolean {
  return ['percent', 'money', 'count'].includes(amount.unitClass) || closedTail(rest)
}

/** Nothing, or only words of doing and of time. */
export function closedTail(rest: Line): boolean {
  for (let i = 0; i < rest.length;) {
    const length = oneOf(',;、。 !', at(rest, i)) ? 1 : terms.closed.at(rest, i)?.length
    if (!length) return false
    i += length
  }
  return true
}

export function isLower(operator: Operator | undefined): boolean {
  return operator === '>=' || operator === '>'
}

/** Puts the meaning together from words, amount and words. */
export function build(lead: Lead, amount: Amount, tail: Tail): Meaning {
  let { low, high } = amount
  let direction = lead.direction
  let operator = operatorOf(lead, amount, tail)
  if (lead.negative) {
    if (amount.turned && high) [low, high] = [high, low] // -10~5℃ was in order
    low = negated(low)
  }
  if (lead.both && !high && operator === '=') {
    high = low
    low = negated(low)
    operator = 'range'
  } else if (high && operator === '<=') {
    low = high // 3-5天内: five days at most
  }
  if (direction && low.top < 0n) {
    low = negated(low) // 增长-3% falls by 3 %
    direction = direction === 'up' ? 'down' : 'up'
    operator = opposites[operator] ?? operator
  }
  return {
    kind: kindOf(amount.unitClass, direction),
    operator,
    value: plain(low),
    upper: operator === 'range' && high ? plain(high) : '',
    unit: amount.unit,
    per: [...lead.pers, tail.per].filter((part) => part !== '').join('·'),
    direction: direction ?? '',
  }
}

const opposites: Partial<Record<Operator | '', Operator>> = {
  '>=': '<=',
  '<=': '>=',
  '>': '<',
  '<': '>',
}

function kindOf(unitClass: UnitClass, direction: Direction | undefined): Kind {
  if (direction) return 'change'
  if (unitClass === 'percent') return 'ratio'
  return unitClass === 'money' ? 'money' : 'quantity'
}

/** Settles what was written before and after: an operator before the number wins over one after it, and
 * that over a level named (达到95%以上). A change has none unless one was written; elsewhere none means
 * equal. */
function operatorOf(lead: Lead, amount: Amount, tail: Tail): Operator | '' {
  let operator = lead.strong ? lead.operator : (tail.operator ?? lead.operator)
  const equal = operator === undefined || operator === '='
  if (amount.more && equal) operator = '>'
  const open = operator === undefined || operator === '='
  if (amount.high && (lead.strong || open || (lead.operator && !tail.operator))) return 'range'
  if (operator === '=' && lead.direction && !lead.strong) return ''
  return operator ?? (lead.direction ? '' : '=')
}
