import {
  Calendar,
  dateOf,
  dayBefore,
  daySpan,
  firstYear,
  isDay,
  isMonth,
  isoDay,
  isYear,
  lastOfMonth,
  monthSpan,
  nextYear,
  yearOf,
  yearSpan,
  type Piece,
  type Span,
} from './calendar'
import { at, containsAny, has, hasDigit, isDigit, oneOf, textOf, type Line } from './fold'
import { leadOf, trimEnd } from './lead'
import { closedTail, isLower, recurring } from './measure'
import { isNumeral, scales } from './number'
import { dayAt, listSign, partAt, yearAt } from './period'
import { rangeSign } from './unit'
import type { Meaning } from './value'
import { raw, terms, type Marker } from './vocabulary'

/** Reads a line that is a date and nothing else but words around it. */
export function readDate(s: Line, year: number): Meaning | undefined {
  const filing = isYear(year) ? year : 0
  for (let i = 0; i < s.length; i++) {
    if (i > 0 && insideNumber(at(s, i - 1), at(s, i))) continue
    const c = new Calendar(s, filing)
    const piece = phrase(c, i)
    if (piece) return settle(c, s.slice(0, i), piece)
  }
  return undefined
}

function insideNumber(before: string, r: string): boolean {
  return isDigit(r) ? isDigit(before) || oneOf('.-', before) : isNumeral(r) && isNumeral(before)
}

/** Gives the place after a date in words that starts at i, or i. */
export function dateLabel(s: Line, i: number): number {
  const piece = phrase(new Calendar(s, firstYear), i)
  if (!piece || piece.span.compact) return i
  return piece.end + (terms.markers.at(s, piece.end)?.length ?? 0)
}

/** Decides whether the words around a span leave it a date, and which day it ends. */
function settle(c: Calendar, before: Line, { span, end }: Piece): Meaning | undefined {
  const marker = terms.markers.at(c.s, end)
  const mark = marker?.meaning
  const rest = c.s.slice(end + (marker?.length ?? 0))
  const lead = leadOf(before)
  const name = trimEnd(lead.name)
  if (mark === 'open' || hasDigit(name) || recurring(before)) return undefined
  if (!readableRest(rest, mark)) return undefined
  if (name.length > 0 && mark === undefined && !namesTime(name)) return undefined
  const later = isLower(lead.operator)
  if ((lead.strong && span.month && later) || lead.direction || lead.negative) return undefined
  if (lead.strong && span.compact && span.whole) return undefined // ≥2023.5 is a number
  const date = isoDay(lastDay(span, mark, c.filing))
  return { kind: 'date', date, operator: lead.strong && later ? '>=' : '' }
}

/** Gives the last day that counts: 10月前 ends with September. Where that would leave the budget year,
 * 2023年前 for 2023 or 1月前, the span itself must be meant. */
function lastDay(span: Span, mark: Marker | undefined, filing: number): number {
  if (mark !== 'before' || !span.whole) return span.last
  const eve = dayBefore(span.first)
  return yearOf(eve) === yearOf(span.first) || yearOf(eve) >= filing ? eve : span.last
}

/** After 前 or 内 anything may follow without figures, else only words of doing. */
function readableRest(rest: Line, mark: Marker | undefined): boolean {
  if (mark === undefined) return closedTail(rest)
  return !hasDigit(rest) && !containsAny(rest, '≥≤><=≠%/*每')
}

/** Tells names and words after which a date is expected. */
function namesTime(name: Line): boolean {
  return raw.dates.names.some((word) => textOf(name).endsWith(word))
}

/** The most pieces that one range or list of dates is read to. */
const mostPieces = 12

/** Reads one span, a range of them (its end counts) or a list (the latest counts). */
function phrase(c: Calendar, i: number): Piece | undefined {
  const everyYear = '每年'
  if (has(c.s, i, everyYear)) i += everyYear.length
  let piece = spanAt(c, i)
  for (let step = 0; piece && step < mostPieces; step++) {
    const next = nextPiece(c, piece)
    if (!next) break
    piece = next
  }
  return piece
}

function nextPiece(c: Calendar, before: Piece): Piece | undefined {
  let j = rangeSign(c.s, before.end)
  const ranged = j > before.end
  if (!ranged) j = listSign(c, before.end)
  if (j === before.end) return undefined
  c.named = false
  const next = spanAt(c, j, before.span)
  if (!next) return undefined
  let span = next.span
  if (ranged && span.last < before.span.first && !c.named) {
    span = { ...span, first: nextYear(span.first), last: nextYear(span.last) } // 11月至3月
  }
  if (!ranged && span.last < before.span.last) span = before.span
  return { span: { ...span, month: false }, end: next.end }
}

/** Reads one piece: a date in figures, a year, a part of one. In a range whose first date is in figures
 * the second may leave the year out: 2021.1.1-12.31. */
function spanAt(c: Calendar, i: number, before?: Span): Piece | undefined {
  const exact = figures(c, i, before) ?? dayAt(c, i)
  if (exact) return exact
  const year = yearAt(c, i)
  const part = partAt(c, year ?? i, year !== undefined)
  if (part) return c.year > 0 ? part : undefined
  return year === undefined ? undefined : { span: yearSpan(c.year), end: year }
}

/** Reads 2023-12-31, 2023.12, 20231231 and, after such a date or before 前, 12.31. */
function figures(c: Calendar, i: number, before?: Span): Piece | undefined {
  const { n: y, end: j } = c.integer(i)
  const packed = j - i === 8 ? packedDay(c, y, j) : undefined
  if (packed) return packed
  if (before?.compact && before.whole && isMonth(y) && j - i <= 2 && j === c.s.length) {
    return { span: monthSpan(c.year, y, y), end: j } // 2023.1-12
  }
  const sep = at(c.s, j)
  if (!oneOf('.-/', sep)) return undefined
  const { n: m, end: k } = c.integer(j + 1)
  const deadline = ['前', '之前', '以前'].some((word) => has(c.s, k, word))
  const second = (before?.compact && sep !== '-') || deadline
  if (j - i <= 2 && isMonth(y) && isDay(m) && k - j <= 3 && second) {
    return c.year > 0 ? { span: { ...daySpan(c.year, y, m), compact: true }, end: k } : undefined
  }
  if (j - i !== 4 || !isYear(y) || !isMonth(m) || k - j > 3) return undefined
  return yearMonthDay(c, y, m, k, sep)
}

/** Reads 20231231, where no unit makes it an amount. */
function packedDay(c: Calendar, packed: number, end: number): Piece | undefined {
  const year = Math.trunc(packed / 10000)
  const month = Math.trunc(packed / 100) % 100
  const date = packed % 100
  if (!isYear(year) || !isMonth(month) || date < 1) return undefined
  if (date > dateOf(lastOfMonth(year, month)) || unitFollows(c.s, end)) return undefined
  c.setYear(year)
  return { span: { ...daySpan(year, month, date), compact: true }, end }
}

/** Goes on after 2023.12: with a day and an hour, or a month as such. */
function yearMonthDay(c: Calendar, y: number, m: number, k: number, sep: string): Piece | undefined {
  const { n: d, end } = c.integer(k + 1)
  const dashed = sep === '-' && at(c.s, end) === '月'
  if (at(c.s, k) === sep && isDay(d) && end - k <= 3 && end > k + 1 && !dashed) {
    c.setYear(y)
    const after = at(c.s, end) === '日' ? end + 1 : end
    return { span: { ...daySpan(y, m, d), compact: true }, end: c.clock(after) }
  }
  const signed = at(c.s, k) === '月'
  if ((signed && sep === '-') || (!signed && unitFollows(c.s, k))) return undefined
  c.setYear(y)
  return { span: { ...monthSpan(y, m, m), compact: true }, end: signed ? k + 1 : k }
}

/** Figures with a unit are an amount, 2023.12万元. */
function unitFollows(s: Line, i: number): boolean {
  return terms.units.at(s, i) !== undefined || scales.has(at(s, i))
}
