import { at, isDigit, oneOf, type Line } from './fold'

/** A day as milliseconds since 1970 at midnight UTC. */
export type Day = number

/** The stretch of days that a piece of a date names. */
export interface Span {
  first: Day
  last: Day
  /** A month, quarter or year as such: 前 means before it begins. */
  whole: boolean
  /** Nothing but N月, which may also count months. */
  month: boolean
  /** Figures alone: 2023.12, 20231231. */
  compact: boolean
}

/** A piece of a date and the place after it. */
export interface Piece {
  span: Span
  end: number
}

/** The years that figures may mean; others are amounts. */
export const firstYear = 1900
export const lastYear = 2100

export function isYear(n: number): boolean {
  return n >= firstYear && n <= lastYear
}

export function isMonth(n: number): boolean {
  return n >= 1 && n <= 12
}

export function isDay(n: number): boolean {
  return n >= 1 && n <= 31
}

export function day(year: number, month: number, date: number): Day {
  return Date.UTC(year, month - 1, date)
}

export function lastOfMonth(year: number, month: number): Day {
  return day(year, month + 1, 0)
}

export function yearOf(date: Day): number {
  return new Date(date).getUTCFullYear()
}

export function dateOf(date: Day): number {
  return new Date(date).getUTCDate()
}

export function dayBefore(date: Day): Day {
  return date - 24 * 60 * 60 * 1000
}

/** Gives the same day a year later, the last of a month staying the last. */
export function nextYear(date: Day): Day {
  const d = new Date(date)
  const month = d.getUTCMonth() + 1
  const isLast = date === lastOfMonth(d.getUTCFullYear(), month)
  const year = d.getUTCFullYear() + 1
  return isLast ? lastOfMonth(year, month) : day(year, month, d.getUTCDate())
}

/** Writes a day as yyyy-mm-dd. */
export function isoDay(date: Day): string {
  return new Date(date).toISOString().slice(0, 10)
}

export function yearSpan(year: number): Span {
  return { ...monthSpan(year, 1, 12) }
}

export function monthSpan(year: number, from: number, to: number): Span {
  const last = lastOfMonth(year, to)
  return { first: day(year, from, 1), last, whole: true, month: false, compact: false }
}

/** Takes the slip 11月31日 as the last day of its month. */
export function daySpan(year: number, month: number, date: number): Span {
  const only = Math.min(day(year, month, date), lastOfMonth(year, month))
  return { first: only, last: only, whole: false, month: false, compact: false }
}

/** Reads spans along a line. */
export class Calendar {
  /** The year in force: the last one named, at first the budget year; 0 for none. */
  year: number
  named = false
  /** The month in force, for 10月1-7日; 0 for none. */
  month = 0

  constructor(
    readonly s: Line,
    readonly filing: number,
  ) {
    this.year = filing
  }

  setYear(year: number): void {
    this.year = year
    this.named = true
  }

  /** Reads up to nine figures. */
  integer(i: number): { n: number; end: number } {
    let n = 0
    let end = i
    for (; isDigit(at(this.s, end)) && end - i < 9; end++) n = n * 10 + Number(at(this.s, end))
    return { n, end }
  }

  /** Passes over a time of day, which a day as target doesn't need. */
  clock(i: number): number {
    let end = i
    let j = oneOf(' T', at(this.s, i)) ? i + 1 : i
    for (let step = 0; step < 3; step++) {
      const { end: k } = this.integer(j)
      if (k === j || k - j > 2) return end
      if (!oneOf(':时点分', at(this.s, k))) return at(this.s, j - 1) === ':' ? k : end
      end = j = k + 1
    }
    return end
  }
}
