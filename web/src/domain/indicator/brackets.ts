import { at, has, hasDigit, isDigit, isHan, isSign, oneOf, textOf, type Line } from './fold'
import { isNumeral, scaleAt, scales } from './number'
import { terms } from './vocabulary'

/** One way to take the parentheses of a value. */
export interface Interpretation {
  text: Line
  /** (不含): the bound itself doesn't count. */
  strict: boolean
}

/** Gives the ways to take a line, best first. Parentheses after a value are a remark, ≥95%(含) or
 * 20万元(其中中央10万元); where the words before them mean nothing they hold the value itself,
 * 优秀(90分以上). */
export function interpretations(line: Line): Interpretation[] {
  const s = unwrapped(trimmed(line))
  if (!s.includes('(')) return [{ text: s, strict: false }]
  const { text: bare, strict } = withoutRemarks(s)
  const heading = headingUnit(s)
  const first = heading && isDigit(at(bare, bare.length - 1)) ? [...bare, ...heading] : bare
  const open = s.filter((r) => r !== '(' && r !== ')')
  return [
    { text: first, strict },
    { text: open, strict: false },
  ]
}

/** Takes off one pair of parentheses around the whole. */
function unwrapped(s: Line): Line {
  return at(s, 0) === '(' && closing(s, 0) === s.length - 1 ? trimmed(s.slice(1, -1)) : s
}

/** Gives the unit that stands with the name, 合格率(%)≥95. */
function headingUnit(s: Line): Line | undefined {
  const i = s.indexOf('(')
  const end = i < 0 ? -1 : closing(s, i)
  if (end < 0 || hasDigit(s.slice(0, i))) return undefined
  const inner = s.slice(i + 1, end)
  const head = scaleAt(inner, 0).end
  return head < inner.length && terms.units.is(inner.slice(head)) ? inner : undefined
}

/** Gives the place of the parenthesis that closes the one at i, or -1. */
export function closing(s: Line, i: number): number {
  let depth = 0
  for (let j = i; j < s.length; j++) {
    if (s[j] === '(') depth++
    if (s[j] === ')') depth--
    if (depth === 0) return j
  }
  return -1
}

/** Drops what stands in parentheses, except a unit: 12(次), 77台(套), 元/(人·天). */
function withoutRemarks(s: Line): Interpretation {
  const out: string[] = []
  let strict = false
  for (let i = 0; i < s.length; i++) {
    const end = s[i] === '(' ? closing(s, i) : -1
    if (end < 0) {
      out.push(at(s, i))
      continue
    }
    const inner = s.slice(i + 1, end)
    if (excludes(inner)) strict = true
    else if (asUnit(out, inner) || unwraps(inner)) out.push(...inner)
    else if (asVariant(out, inner)) out.push(...s.slice(i, end + 1))
    i = end
  }
  return { text: out, strict }
}

/** 大于(等于)90% and 12月(底)前 mean what they say without the parentheses. */
function unwraps(inner: Line): boolean {
  return ['等于', '或等于', '或者等于', '底', '末', '份'].includes(textOf(inner))
}

/** Tells (不含) and (不含90%), which part a bound from its range, from (不含税). */
function excludes(inner: Line): boolean {
  if (!has(inner, 0, '不含')) return false
  return inner.length === 2 || isDigit(at(inner, 2)) || has(inner, 2, '本数')
}

/** Right after a number or a per sign the parentheses hold a unit. */
function asUnit(before: Line, inner: Line): boolean {
  if (before.length === 0 || inner.length === 0 || hasDigit(inner) || inner[0] === '含') return false
  const last = at(before, before.length - 1)
  return isDigit(last) || last === '/' || scales.has(last)
}

/** 台(套) and 头(只) are units of their own. */
function asVariant(before: Line, inner: Line): boolean {
  if (!terms.units.is(inner) || terms.units.at(inner, 0)?.meaning.unitClass !== 'count') return false
  const word = terms.units.ending(before)
  if (word?.meaning.unitClass !== 'count') return false
  const place = at(before, before.length - word.length - 1)
  return isDigit(place) || scales.has(place)
}

/** Drops what only frames a value: stops at the end, bullets and numbering at the start. */
export function trimmed(line: Line): Line {
  let first = 0
  let last = line.length
  while (last > first && oneOf(' 。;,、!.:·…?', at(line, last - 1))) last--
  while (first < last && framesStart(at(line, first))) first++
  const s = line.slice(first, last)
  const numbered = isDigit(at(s, 0)) && oneOf('、.', at(s, 1))
  const begins = (isHan(at(s, 2)) && !isNumeral(at(s, 2))) || isSign(at(s, 2))
  return numbered && begins ? s.slice(2) : s
}

function framesStart(r: string): boolean {
  return oneOf(' 。;,、!:·', r) || (r >= '\u2460' && r <= '\u2473')
}
