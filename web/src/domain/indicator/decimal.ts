/** An exact fraction in lowest terms, the denominator positive; money and rates never pass through a float. */
export interface Decimal {
  readonly top: bigint
  readonly bottom: bigint
}

function fraction(top: bigint, bottom: bigint): Decimal {
  const divisor = commonDivisor(top < 0n ? -top : top, bottom)
  return { top: top / divisor, bottom: bottom / divisor }
}

function commonDivisor(a: bigint, b: bigint): bigint {
  while (b > 0n) {
    ;[a, b] = [b, a % b]
  }
  return a > 0n ? a : 1n
}

/** Gives 10 to the power n; n may be negative. */
export function tenTo(n: number): Decimal {
  return n < 0 ? { top: 1n, bottom: power(10n, -n) } : { top: power(10n, n), bottom: 1n }
}

/** Multiplies base by itself n times; `**` on bigint would be turned into Math.pow for older browsers. */
function power(base: bigint, n: number): bigint {
  let product = 1n
  for (let i = 0; i < n; i++) product *= base
  return product
}

export function whole(n: number | bigint): Decimal {
  return { top: BigInt(n), bottom: 1n }
}

export function plus(a: Decimal, b: Decimal): Decimal {
  return fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
}

export function times(a: Decimal, b: Decimal): Decimal {
  return fraction(a.top * b.top, a.bottom * b.bottom)
}

/** Divides by a positive number. */
export function over(a: Decimal, b: Decimal): Decimal {
  return fraction(a.top * b.bottom, a.bottom * b.top)
}

export function negated(a: Decimal): Decimal {
  return { top: -a.top, bottom: a.bottom }
}

/** Gives a negative, zero or positive number as a is below, equal to or above b. */
export function compare(a: Decimal, b: Decimal): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function isWhole(a: Decimal): boolean {
  return a.bottom === 1n
}

/** Reads plain digits with at most one point; the caller has checked the shape. */
export function digitsOf(text: string): Decimal {
  const [head = '', tail = ''] = text.split('.')
  return fraction(BigInt(head + tail || '0'), power(10n, tail.length))
}

/** Gives the places after the point, or -1 where no finite decimal says the number. */
function placesOf(a: Decimal): number {
  let rest = a.bottom
  let twos = 0
  let fives = 0
  for (; rest % 2n === 0n; rest /= 2n) twos++
  for (; rest % 5n === 0n; rest /= 5n) fives++
  return rest === 1n ? Math.max(twos, fives) : -1
}

export function isFinite(a: Decimal): boolean {
  return placesOf(a) >= 0
}

/** Writes a decimal in its shortest form, without exponent or trailing zeros. */
export function plain(a: Decimal): string {
  const places = Math.max(placesOf(a), 0)
  const shifted = (a.top * power(10n, places)) / a.bottom
  const digits = String(shifted < 0n ? -shifted : shifted).padStart(places + 1, '0')
  const sign = shifted < 0n ? '-' : ''
  const head = digits.slice(0, digits.length - places)
  return places === 0 ? sign + head : `${sign}${head}.${digits.slice(-places)}`
}

/** Sets commas between thousands, for people to read; four digits stay together. */
export function grouped(text: string): string {
  const [, sign = '', head = '', tail = ''] = /^(-?)(\d*)(\.\d+)?$/.exec(text) ?? []
  const parted = head.length > 4 ? head.replace(/\B(?=(\d{3})+$)/g, ',') : head
  return sign + parted + tail
}
