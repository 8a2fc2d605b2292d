import { closing } from './brackets'
import { at, from, has, isDigit, isHan, isLetter, oneOf, textOf, type Line } from './fold'
import { isNumeral } from './number'
import { raw, terms, type UnitClass, type UnitWord } from './vocabulary'

/** A unit as it follows a number. */
export interface Unit {
  text: string
  unitClass: UnitClass
  factor?: UnitWord['factor']
  end: number
  /** 两年半, 1个半月: half a unit more. */
  half: boolean
}

/** How long an unlisted noun may be and still count as a unit: 5示范点. */
const longestNoun = 6

export function noUnit(end: number): Unit {
  return { text: '', unitClass: 'none', end, half: false }
}

/** Reads the unit at i. Of 个 and a noun only the measure word is the unit: 3个村 counts 个,
 * like the forms' own unit column. */
export function unitAt(s: Line, i: number): Unit {
  const half = halfUnit(s, i)
  if (half) return half
  const u = simpleUnit(s, i)
  if (['none', 'money', 'percent', 'ordinal'].includes(u.unitClass)) return u
  while (oneOf('·*', at(s, u.end)) && (isHan(at(s, u.end + 1)) || isLetter(at(s, u.end + 1)))) {
    const next = simpleUnit(s, u.end + 1)
    if (next.unitClass === 'none') break
    u.text += at(s, u.end) + next.text
    u.end = next.end
  }
  const end = at(s, u.end) === '(' ? closing(s, u.end) : 0
  if (end > 0) {
    u.text += textOf(s.slice(u.end, end + 1))
    u.end = end + 1
  }
  if (u.unitClass === 'time' && at(s, u.end) === '半') {
    u.half = true
    u.end++
  }
  return u
}

/** Reads 个半月 and 个半小时. */
function halfUnit(s: Line, i: number): Unit | undefined {
  const word = has(s, i, '个半') ? terms.units.at(s, i + 2) : undefined
  if (word?.meaning.unitClass !== 'time') return undefined
  const end = i + 2 + word.length
  return { text: `个${textOf(s.slice(i + 2, end))}`, unitClass: 'time', end, half: true }
}

function simpleUnit(s: Line, i: number): Unit {
  if (joinsNumbers(s, i)) return noUnit(i)
  const run = nounAt(s, i)
  const word = terms.units.at(s, i)
  if (!word || isWordStart(s, i, word.meaning, word.length)) return unlisted(s, i, run)
  const { unitClass, factor } = word.meaning
  let n = word.length
  if (unitClass === 'money' && n === 1 && s[i] !== '元' && run.length > 1) {
    return { text: at(s, i), unitClass: 'count', end: i + 1, half: false } // 5块展板, 3角
  }
  if (unitClass === 'count' || unitClass === 'time') n += joined(s, i + n)
  return { text: textOf(s.slice(i, i + n)), unitClass, factor, end: i + n, half: false }
}

/** A latin unit with a letter after it is the start of some other word. */
function isWordStart(s: Line, i: number, word: UnitWord, length: number): boolean {
  return word.unitClass === 'latin' && isLetter(at(s, i + length))
}

/** Gives the place after a sign that joins two numbers, or i. */
export function rangeSign(s: Line, i: number): number {
  let j = i
  while (oneOf('-~', at(s, j))) j++
  return j === i && oneOf('至到', at(s, j)) ? j + 1 : j
}

/** 至 and 到 with a number after them are no unit, 3至5个. */
function joinsNumbers(s: Line, i: number): boolean {
  const j = rangeSign(s, i)
  return j > i && (isDigit(at(s, j)) || isNumeral(at(s, j)))
}

/** Reads a second measure word that makes one unit with the first: 台套, 人份, 人天. */
function joined(s: Line, i: number): number {
  if (at(s, i - 1) === '个') return 0
  const word = raw.joinable.find((second) => has(s, i, second) && nounAt(s, i + second.length).length === 0)
  return word?.length ?? 0
}

/** Reads a unit that no list has: a short noun or a latin abbreviation. */
function unlisted(s: Line, i: number, run: Line): Unit {
  if (terms.closed.at(s, i)) return noUnit(i)
  if (run.length > 0 && run.length <= longestNoun) {
    return { text: textOf(run), unitClass: 'unknown', end: i + run.length, half: false }
  }
  let j = i
  while (isUnitSign(at(s, j))) j++
  const abbreviation = textOf(s.slice(i, j))
  if (j === i || (j === i + 1 && isLetter(at(s, i))) || /^[AXx*]*$/.test(abbreviation)) {
    return noUnit(i)
  }
  return { text: abbreviation, unitClass: 'unknown', end: j, half: false }
}

function isUnitSign(r: string): boolean {
  return isLetter(r) || oneOf('\u03bc\u00b5\u03a9\u2103\u00b0\u00b2\u00b3㎡㎥㎞㎏㎝㎜', r)
}

/** Gives the chinese characters from i up to a word like 以上 or to 每. */
function nounAt(s: Line, i: number): Line {
  let j = i
  while (isHan(at(s, j)) && at(s, j) !== '每' && !joinsNumbers(s, j)) {
    if ((terms.after.at(s, j)?.length ?? 0) > 1) break
    if (j > i && j + 1 === s.length && oneOf('内前起', at(s, j))) break
    if (j === i && oneOf('内前', at(s, j))) break
    j++
  }
  return from(s, i).slice(0, j - i)
}

/** Reads what an amount is per: /人·天, /(人·天), 每人每天. It gives the text and the place after it. */
export function perAt(s: Line, i: number): { per: string; end: number } {
  const parts: string[] = []
  for (;;) {
    const slash = at(s, i) === '/'
    const every = at(s, i) === '每'
    const start = slash && at(s, i + 1) === '每' ? i + 2 : i + 1
    const base = slash || every ? baseAt(s, start) : undefined
    if (!base) return { per: parts.join('·'), end: i }
    parts.push(base.text)
    i = base.end
  }
}

/** Reads one base with its joints as written: 人、天, 人*月, 人/年, 100g, 3年. */
export function baseAt(s: Line, i: number): { text: string; end: number } | undefined {
  let end = baseWord(s, i)
  if (end === i) return undefined
  for (;;) {
    const joint = at(s, end)
    const next = baseWord(s, end + 1)
    if (!oneOf('·*×/、.-', joint) || next === end + 1 || isDigit(at(s, end + 1))) break
    if (!terms.units.at(s, end + 1) && joint !== '/') break
    end = next
  }
  const text = textOf(s.slice(at(s, i) === '个' ? i + 1 : i, end))
  return text === '' ? undefined : { text, end }
}

/** Gives the place after one base word; a listed one is preferred to a whole noun. */
function baseWord(s: Line, i: number): number {
  let j = i
  while (isDigit(at(s, j))) j++
  while (isNumeral(at(s, j)) || at(s, j) === '半') j++
  if (at(s, j) === '个' && isHan(at(s, j + 1))) j++
  const run = nounAt(s, j)
  const word = terms.units.at(s, j)
  if (word && word.meaning.unitClass !== 'ordinal' && !isWordStart(s, j, word.meaning, word.length)) {
    return j + word.length + joined(s, j + word.length)
  }
  if (run.length > 0 && run.length <= longestNoun) return j + run.length
  while (isUnitSign(at(s, j))) j++
  return isDigit(at(s, j - 1)) ? i : j
}
