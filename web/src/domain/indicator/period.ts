import { Calendar, day, daySpan, isDay, isMonth, isYear, monthSpan, type Piece } from './calendar'
import { isWhole } from './decimal'
import { at, has, isDigit, oneOf } from './fold'
import { chineseAt, chineseDigit } from './number'
import { rangeSign } from './unit'
import { terms } from './vocabulary'

/** Reads the year that a piece begins with and gives the place after it: 2023年度, 二〇二三年, 23年底,
 * 2022-2024年. 次年 counts from the year in force: after 2022年9月 it's 2023. */
export function yearAt(c: Calendar, i: number): number | undefined {
  const figures = yearFigures(c, i)
  if (figures) {
    c.setYear(figures.n)
    return at(c.s, figures.end) === '度' ? figures.end + 1 : figures.end
  }
  const shift = terms.years.at(c.s, i)
  if (!shift || c.filing <= 0) return undefined
  if (has(c.s, i, '年度') && i > 0) return undefined // 年度 in the middle of words names no year
  c.setYear(c.year + shift.meaning)
  return i + shift.length
}

/** Gives the year and the place after 年. */
function yearFigures(c: Calendar, i: number): { n: number; end: number } | undefined {
  let { n, end } = c.integer(i)
  if (end === i) ({ n, end } = spelled(c, i))
  const next = at(c.s, end)
  if (end - i === 4 && isYear(n)) {
    if (next === '年') return { n, end: end + 1 }
    if (['全年', '上半年', '下半年'].some((part) => has(c.s, end, part))) return { n, end }
    if (yearsJoined(c, end)) return { n, end }
  }
  if (end - i === 2 && n >= 10 && next === '年' && shortYear(c, end + 1)) {
    return { n: 2000 + n, end: end + 1 }
  }
  return undefined
}

/** 2022-2024年 and 2022-2024, where the first or both leave 年 out. */
function yearsJoined(c: Calendar, i: number): boolean {
  const back = i - 5
  const follows = back > 0 && rangeSign(c.s, back) === back + 1 && isDigit(at(c.s, back - 1))
  if (follows && i === c.s.length) return true
  const j = rangeSign(c.s, i)
  const { n, end } = c.integer(j)
  return j > i && end - j === 4 && isYear(n) && (at(c.s, end) === '年' || end === c.s.length)
}

/** 23年 is a year before a month or 底, else 23 years. */
function shortYear(c: Calendar, i: number): boolean {
  const { end } = c.integer(i)
  return (end > i && at(c.s, end) === '月') || oneOf('底末', at(c.s, i)) || has(c.s, i, '年底')
}

/** Reads 二〇二三 digit by digit. */
function spelled(c: Calendar, i: number): { n: number; end: number } {
  let n = 0
  let end = i
  for (; end - i < 5; end++) {
    const digit = chineseDigit(at(c.s, end))
    if (digit === undefined) break
    n = n * 10 + digit
  }
  return { n, end }
}

/** Reads a part of the year in force; 底 and 内 alone need the year before them. */
export function partAt(c: Calendar, i: number, hasYear: boolean): Piece | undefined {
  if (at(c.s, i) === '的' && hasYear) i++
  const piece = quarterAt(c, i) ?? monthAt(c, i, hasYear)
  if (piece) return piece
  const part = terms.parts.at(c.s, i)
  if (!part || (part.length === 1 && !hasYear)) return undefined
  const [from = 1, to = 12] = part.meaning
  return { span: { ...monthSpan(c.year, from, to), whole: false }, end: i + part.length }
}

/** Reads a number up to 31 in figures or characters. */
function small(c: Calendar, i: number): { n: number; end: number } {
  const figures = c.integer(i)
  if (figures.end > i && figures.end - i <= 2) return figures
  const spelledOut = chineseAt(c.s, i)
  if (!spelledOut || !isWhole(spelledOut.size) || spelledOut.size.top > 31n) return { n: 0, end: i }
  return { n: Number(spelledOut.size.top), end: spelledOut.end }
}

/** Reads a number and the sign of what it counts. In 1-12月 and 1-3季度 the first number leaves the
 * sign to the second. */
function counted(c: Calendar, i: number, ...signs: string[]): { n: number; end: number } | undefined {
  const { n, end: j } = small(c, i)
  if (j === i) return undefined
  const own = signs.find((sign) => has(c.s, j, sign))
  if (own) return { n, end: j + own.length }
  let k = rangeSign(c.s, j)
  if (k === j) k = listSign(c, j)
  if (k === j) return undefined
  const { end } = small(c, k)
  return end > k && signs.some((sign) => has(c.s, end, sign)) ? { n, end: j } : undefined
}

/** Gives the place after a sign that lists two dates, or i. */
export function listSign(c: Calendar, i: number): number {
  return oneOf('、,和及与或', at(c.s, i)) ? i + 1 : i
}

/** Reads 第三季度末, 一季度, 前三季度; 3个季度 counts quarters and is none. */
function quarterAt(c: Calendar, i: number): Piece | undefined {
  const first = at(c.s, i) === '前'
  const quarter = counted(c, first || at(c.s, i) === '第' ? i + 1 : i, '季度', '季')
  if (!quarter || quarter.n < 1 || quarter.n > 4) return undefined
  const span = monthSpan(c.year, first ? 1 : quarter.n * 3 - 2, quarter.n * 3)
  if (!oneOf('末底', at(c.s, quarter.end))) return { span, end: quarter.end }
  return { span: { ...span, whole: false }, end: quarter.end + 1 }
}

/** Reads 10月, 10月底, 10月15日, 5月上旬. */
function monthAt(c: Calendar, i: number, hasYear: boolean): Piece | undefined {
  const month = counted(c, i, '月份', '月')
  if (!month || !isMonth(month.n)) return undefined
  const { n: m, end: j } = month
  c.month = m
  const exact = at(c.s, j - 1) === '份' ? undefined : counted(c, j, '日', '号')
  if (exact) {
    return isDay(exact.n) ? { span: daySpan(c.year, m, exact.n), end: c.clock(exact.end) } : undefined
  }
  const bare = bareDay(c, j)
  if (bare) return { span: daySpan(c.year, m, bare.n), end: bare.end }
  const part = terms.days.at(c.s, j)
  if (part) {
    const span = { ...daySpan(c.year, m, part.meaning), first: day(c.year, m, 1) }
    return { span, end: j + part.length }
  }
  const onlyMonth = !hasYear && at(c.s, j - 1) === '月'
  return { span: { ...monthSpan(c.year, m, m), month: onlyMonth }, end: j }
}

/** Reads the second day of a range within the month in force: 10月1-7日. */
export function dayAt(c: Calendar, i: number): Piece | undefined {
  const d = counted(c, i, '日', '号')
  if (c.month === 0 || !d || !isDay(d.n)) return undefined
  return { span: daySpan(c.year, c.month, d.n), end: c.clock(d.end) }
}

/** Reads a day that leaves 日 out: 12月31前. */
function bareDay(c: Calendar, i: number): { n: number; end: number } | undefined {
  const { n, end } = c.integer(i)
  if (end === i || !isDay(n)) return undefined
  return end === c.s.length || terms.markers.at(c.s, end)?.meaning === 'before' ? { n, end } : undefined
}
