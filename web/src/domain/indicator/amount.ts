import { compare, digitsOf, plus, tenTo, times, whole, type Decimal } from './decimal'
import { at, from, isHan, type Line } from './fold'
import { numberAt, scaleAt, type Numeral } from './number'
import { noUnit, perAt, rangeSign, unitAt, type Unit } from './unit'
import { terms, type Operator, type UnitClass } from './vocabulary'

/** One number or two with a range sign, and a unit. */
export interface Amount {
  low: Decimal
  /** Set only where two numbers were written. */
  high?: Decimal
  unit: string
  unitClass: UnitClass
  end: number
  chinese: boolean
  /** The upper bound was written first. */
  turned: boolean
  /** 余, 多: a little above the number. */
  more: boolean
}

/** One number of an amount with its own unit. */
interface Part {
  number: Numeral
  unit: Unit
  end: number
  more: boolean
}

/** Reads 3-5个, 10-20万元, 100余人, 95%, 2个半月. */
export function amountAt(s: Line, i: number): Amount | undefined {
  const low = partAt(s, i)
  if (!low) return undefined
  const j = rangeSign(s, low.end)
  const high = j > low.end ? partAt(s, j) : undefined
  const amount = high ? between(low, high) : single(low)
  return amount?.unitClass === 'ordinal' ? undefined : amount
}

function partAt(s: Line, i: number): Part | undefined {
  const read = numberAt(s, i)
  if (!read) return undefined
  const rest = skipMore(s, read)
  const number = { ...rest.number }
  const unit = number.percent ? noUnit(rest.end) : unitAt(s, rest.end)
  const part = { number, unit, end: unit.end, more: rest.more }
  if (at(s, part.end) === '多' && unit.unitClass === 'time' && !isHan(at(s, part.end + 1))) {
    part.more = true
    part.end++
  }
  if (unit.half) number.size = plus(read.size, digitsOf('0.5'))
  return part
}

/** Reads 余 and 多 between number and unit, also before a multiplier: 100余人, 5万多元, 20余万元. */
function skipMore(s: Line, number: Numeral): { number: Numeral; end: number; more: boolean } {
  const next = at(s, number.end)
  if (next !== '余' && next !== '多') return { number, end: number.end, more: false }
  const { exponent, end } = scaleAt(s, number.end + 1)
  const size = times(number.size, tenTo(exponent))
  return { number: { ...number, size, scale: number.scale + exponent }, end, more: true }
}

function single(part: Part): Amount {
  const { size, unit, unitClass } = worth(part.number, part.unit)
  const { end, more, number } = part
  return { low: size, unit, unitClass, end, chinese: number.chinese, turned: false, more }
}

/** Joins two numbers. A unit or multiplier written once, at the end, serves both: 10-20万元, but
 * 5000-1万元 is five thousand to ten thousand. */
function between(low: Part, high: Part): Amount | undefined {
  if (mixesPercent(low, high)) return undefined
  const lowNumber = low.unit.unitClass === 'none' ? likeSecond(low.number, high.number) : low.number
  const lowUnit = low.unit.unitClass === 'none' ? high.unit : low.unit
  const highUnit = high.unit.unitClass === 'none' ? lowUnit : high.unit
  const first = worth(lowNumber, lowUnit)
  const second = worth(high.number, highUnit)
  if (first.unitClass === 'none' && second.unitClass === 'money') {
    Object.assign(first, { unit: second.unit, unitClass: second.unitClass }) // 5000-1万
  }
  if (first.unit !== second.unit || first.unitClass !== second.unitClass) return undefined
  const turned = compare(first.size, second.size) > 0
  return {
    low: turned ? second.size : first.size,
    high: turned ? first.size : second.size,
    unit: second.unit,
    unitClass: second.unitClass,
    end: high.end,
    chinese: high.number.chinese,
    turned,
    more: false,
  }
}

function mixesPercent(low: Part, high: Part): boolean {
  return (
    low.number.percent !== high.number.percent &&
    low.unit.unitClass !== 'percent' &&
    high.unit.unitClass !== 'percent' &&
    low.unit.unitClass !== 'none'
  )
}

/** Gives the first number, written without a unit, the multiplier or the tenths of the second. */
function likeSecond(low: Numeral, high: Numeral): Numeral {
  const number = { ...low }
  if (low.scale === 0 && high.scale > 0) {
    const larger = times(low.size, tenTo(high.scale))
    if (compare(larger, high.size) <= 0) {
      number.size = larger
      number.scale = high.scale
    }
  }
  if (high.percent && !low.percent) {
    number.size = spread(low, high)
    number.percent = true
  }
  return number
}

/** Reads the first number of 八至九成 or 8-9成 in the tenths of the second. */
function spread(low: Numeral, high: Numeral): Decimal {
  const tenths = compare(low.size, whole(10)) <= 0 && compare(high.size, whole(10)) > 0
  return tenths ? times(low.size, whole(10)) : low.size
}

interface Worth {
  size: Decimal
  unit: string
  unitClass: UnitClass
}

/** Gives a number in its plain unit: yuan, per cent, or the unit as written.
 * 万 or 亿 without a unit is money. */
function worth(number: Numeral, unit: Unit): Worth {
  const size = unit.factor ? times(number.size, unit.factor) : number.size
  if (number.percent) return { size: number.size, unit: '%', unitClass: 'percent' }
  if (unit.unitClass === 'percent') return { size, unit: '%', unitClass: 'percent' }
  if (unit.unitClass === 'money') return { size, unit: '元', unitClass: 'money' }
  if (unit.unitClass === 'none' && number.scale >= 4) {
    return { size, unit: '元', unitClass: 'money' }
  }
  return { size, unit: unit.text, unitClass: unit.unitClass }
}

/** What follows an amount: what it is per, an operator after it, and words. */
export interface Tail {
  per: string
  operator?: Operator
  rest: Line
}

/** Reads /人·天以内 and 以上的项目. An operator may also end the words: 10家企业以上. */
export function tailAt(s: Line, amount: Amount): Tail {
  const before = perAt(s, amount.end)
  const tail: Tail = { per: before.per, rest: [] }
  let i = before.end
  const after = terms.after.at(s, i)
  if (after && !(after.length === 1 && strayAfter(s, i, amount))) {
    tail.operator = after.meaning
    i += after.length
    if (tail.per === '') {
      const late = perAt(s, i)
      tail.per = late.per
      i = late.end
    }
  } else if (amount.unitClass === 'time' && at(s, i) === '前' && at(s, i - 1) !== '日') {
    // 20天前 sets a deadline; 15日前 without a month is no day one could name.
    tail.operator = '<='
    i++
  }
  tail.rest = from(s, i)
  return tail.operator ? tail : operatorAtEnd(tail)
}

function operatorAtEnd(tail: Tail): Tail {
  const last = terms.after.ending(tail.rest)
  if (!last || last.length < 2) return tail
  return { ...tail, operator: last.meaning, rest: tail.rest.slice(0, -last.length) }
}

/** One character is an operator only where nothing else can begin with it. */
function strayAfter(s: Line, i: number, amount: Amount): boolean {
  switch (at(s, i)) {
    case '内':
      return amount.unitClass !== 'time' && isHan(at(s, i + 1))
    case '起':
      return isHan(at(s, i + 1))
    case '余':
    case '多':
      return true
  }
  return false
}
