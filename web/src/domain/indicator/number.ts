import { digitsOf, isFinite, over, plus, tenTo, times, whole, type Decimal } from './decimal'
import { at, has, isDigit, oneOf, textOf, type Line } from './fold'
import { raw, terms } from './vocabulary'

/** A number as it stands in a line, with its multiplier applied. */
export interface Numeral {
  size: Decimal
  /** The place after it. */
  end: number
  /** The multiplier that ends it: 4 for 万, 8 for 亿. */
  scale: number
  chinese: boolean
  /** 百分之九十五, 九成五: size is in hundredths already. */
  percent: boolean
}

/** Reads the number that starts at i: 1,500 · 1.5万 · 1亿2000万 · 百分之95 · 9.5成. */
export function numberAt(s: Line, i: number): Numeral | undefined {
  const share = fractionAt(s, i)
  if (share) return share
  const n = arabicAt(s, i) ?? chineseAt(s, i)
  return n && tenthsAt(s, n)
}

/** Reads 成, a tenth: 九成五 is 95 %. In 5成员 it is part of a noun. */
function tenthsAt(s: Line, n: Numeral): Numeral {
  if (at(s, n.end) !== '成' || n.scale > 0 || oneOf(raw.shareNouns, at(s, n.end + 1))) return n
  const tenths = { ...n, size: times(n.size, whole(10)), percent: true, end: n.end + 1 }
  const digit = digitValue(at(s, tenths.end))
  if (digit !== undefined) {
    tenths.size = plus(tenths.size, whole(digit))
    tenths.end++
  }
  return tenths
}

/** Reads arabic digits, with commas only between groups of three.
 * Two points make a version or a date, not a number. */
function digitsAt(s: Line, i: number): { size: Decimal; end: number } | undefined {
  let j = i
  while (isDigit(at(s, j))) j++
  let found = j > i
  let text = textOf(s.slice(i, j))
  if (j - i <= 3) {
    for (; at(s, j) === ',' && threeDigits(s, j + 1); j += 4) text += textOf(s.slice(j + 1, j + 4))
  }
  if (at(s, j) === '.' && isDigit(at(s, j + 1))) {
    let k = j + 1
    while (isDigit(at(s, k))) k++
    text += textOf(s.slice(j, k))
    j = k
    found = true
    if (at(s, j) === '.' && isDigit(at(s, j + 1))) return undefined
  }
  return found ? { size: digitsOf(text), end: j } : undefined
}

function threeDigits(s: Line, i: number): boolean {
  return [0, 1, 2].every((n) => isDigit(at(s, i + n))) && !isDigit(at(s, i + 3))
}

export const scales = new Map<string, number>([
  ['十', 1],
  ['拾', 1],
  ['百', 2],
  ['佰', 2],
  ['千', 3],
  ['仟', 3],
  ['万', 4],
  ['萬', 4],
  ['亿', 8],
  ['億', 8],
])

/** Reads the multipliers after a number; 千克 and 百分比 are units, not multipliers. */
export function scaleAt(s: Line, i: number): { exponent: number; end: number } {
  let exponent = 0
  while (exponent <= 16) {
    const step = scales.get(at(s, i))
    if (step === undefined || terms.metric.at(s, i)) break
    exponent += step
    i++
  }
  return { exponent, end: i }
}

/** Reads arabic digits with multipliers, in several steps where written so: 1亿2000万, 3万5. */
export function arabicAt(s: Line, i: number): Numeral | undefined {
  const base = digitsAt(s, i)
  if (!base) return undefined
  const { exponent: scale, end: scaled } = scaleAt(s, base.end)
  const n = {
    size: times(base.size, tenTo(scale)),
    end: scaled,
    scale,
    chinese: false,
    percent: false,
  }
  for (let last = scale; last > 1 && isDigit(at(s, n.end));) {
    const step = digitsAt(s, n.end)
    if (!step) break
    let { exponent } = scaleAt(s, step.end)
    const { end } = scaleAt(s, step.end)
    if (exponent >= last) break
    if (exponent === 0 && step.end - n.end === 1) exponent = last - 1 // 3万5 is 35000
    n.size = plus(n.size, times(step.size, tenTo(exponent)))
    n.end = end
    last = exponent
    if (end === step.end) break
  }
  return n
}

const digits = new Map<string, number>([
  ...Array.from('零一二三四五六七八九', (r, n): [string, number] => [r, n]),
  ...Array.from('〇壹贰叁肆伍陆柒捌玖', (r, n): [string, number] => [r, n]),
  ['两', 2],
])

/** Gives a chinese digit. */
export function chineseDigit(r: string): number | undefined {
  return digits.get(r)
}

/** Gives a chinese or arabic digit. */
function digitValue(r: string): number | undefined {
  return isDigit(r) ? Number(r) : digits.get(r)
}

/** Tells the characters of chinese numerals. */
export function isNumeral(r: string): boolean {
  return digits.has(r) || scales.has(r)
}

/** The state of reading 一百二十万: total above, section below the last 万. */
class ChineseNumber {
  private total = 0n
  private section = 0n
  private digit = 0
  private hasDigit = false
  private zero = false
  private last = 0

  takeDigit(digit: number): boolean {
    if (this.hasDigit && this.digit !== 0) return false
    if (digit === 0) this.zero = true
    this.digit = digit
    this.hasDigit = true
    return true
  }

  /** Reports false where no number precedes the multiplier; 十二 alone may begin with one. */
  takeScale(step: number): boolean {
    if (step >= 4) {
      if (!this.takeMyriad(step)) return false
    } else if (this.digit === 0) {
      if (step !== 1 || this.section % 100n !== 0n) return false
      this.section += 10n
    } else {
      this.section += BigInt(this.digit) * tenTo(step).top
    }
    this.digit = 0
    this.hasDigit = false
    this.zero = false
    this.last = step
    return true
  }

  private takeMyriad(step: number): boolean {
    if (!this.hasDigit && this.section === 0n && this.total === 0n) return false
    let sum = this.section + BigInt(this.digit)
    if (step === 8) {
      sum += this.total
      this.total = 0n
    }
    if (sum > 100_000_000n) return false
    this.total += sum * tenTo(step).top
    this.section = 0n
    return true
  }

  /** Counts a last digit without multiplier one step lower: 一百五 is 150, 一百零五 is 105. */
  value(): bigint {
    let last = BigInt(this.digit)
    if (this.hasDigit && !this.zero && this.last >= 2) last *= tenTo(this.last - 1).top
    return this.total + this.section + last
  }

  trailingScale(): number {
    return this.hasDigit ? 0 : this.last
  }
}

/** The longest chinese numeral that anybody writes. */
const longestNumeral = 24

/** Reads a chinese numeral. 三四次 (three or four) is none, nor is 千方百计. */
export function chineseAt(s: Line, i: number): Numeral | undefined {
  const half = halfAt(s, i)
  if (half) return half
  const c = new ChineseNumber()
  let j = i
  for (; j - i < longestNumeral; j++) {
    const digit = digits.get(at(s, j))
    const step = scales.get(at(s, j))
    if (digit !== undefined) {
      if (!c.takeDigit(digit)) return undefined
    } else if (step === undefined || terms.metric.at(s, j) || !c.takeScale(step)) {
      break
    }
  }
  if (j === i || j - i >= longestNumeral) return undefined
  const scale = c.trailingScale()
  return pointAt(s, { size: whole(c.value()), end: j, scale, chinese: true, percent: false })
}

/** Reads 半 where a span of time follows: 半年, 半个月, 半小时. */
function halfAt(s: Line, i: number): Numeral | undefined {
  if (at(s, i) !== '半' || terms.units.at(s, i + 1)?.meaning.unitClass !== 'time') return undefined
  return { size: digitsOf('0.5'), end: i + 1, scale: 0, chinese: true, percent: false }
}

/** Reads 点 and what follows: 九十五点五, 一点五万. */
function pointAt(s: Line, n: Numeral): Numeral {
  if (at(s, n.end) !== '点' || n.scale >= 4) return n
  let decimals = ''
  let j = n.end + 1
  for (let d = digits.get(at(s, j)); d !== undefined; d = digits.get(at(s, j))) {
    decimals += String(d)
    j++
  }
  if (decimals === '') return n
  const { exponent, end } = scaleAt(s, j)
  const size = times(plus(n.size, digitsOf(`0.${decimals}`)), tenTo(exponent))
  return { ...n, size, scale: exponent, end }
}

/** Reads 百分之九十五, 千分之3, 百分百, 四分之三: all as hundredths.
 * 三分之二 is no finite decimal and stays words. */
export function fractionAt(s: Line, i: number): Numeral | undefined {
  for (const all of ['百分百', '百分之百']) {
    if (has(s, i, all)) {
      return { size: whole(100), end: i + all.length, scale: 0, chinese: false, percent: true }
    }
  }
  const lower = denominatorAt(s, i)
  if (!lower) return undefined
  const upper = arabicAt(s, lower.end) ?? chineseAt(s, lower.end)
  if (!upper || lower.parts.top === 0n) return undefined
  const size = times(upper.size, over(whole(100), lower.parts))
  return isFinite(size) ? { ...upper, size, percent: true, scale: 0 } : undefined
}

function denominatorAt(s: Line, i: number): { parts: Decimal; end: number } | undefined {
  const exponent = scales.get(at(s, i))
  if (exponent !== undefined && has(s, i + 1, '分之')) {
    return { parts: tenTo(exponent), end: i + 3 }
  }
  const lower = chineseAt(s, i)
  if (!lower || !has(s, lower.end, '分之')) return undefined
  return { parts: lower.size, end: lower.end + 2 }
}
