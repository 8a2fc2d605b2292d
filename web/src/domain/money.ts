/** Amounts as people type them, as the interface carries them (yuan with two decimals, as text) and as
 * whole 分 in between. No float ever holds an amount. */

const fullWidth = /[\uff0e\uff0c\uff10-\uff19]/g
const typed = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(\u5143|\u4e07\u5143?|\u4ebf\u5143?)?$/
const zerosOfUnit: Record<string, number> = { 元: 0, 万: 4, 万元: 4, 亿: 8, 亿元: 8 }

/** The largest amount that the server takes, in 分. */
const most = 99_999_999_999_999n

/** Reads what somebody typed or pasted for an amount in yuan: 1,500.5 · １２００ · 20万元.
 * Undefined where it is none, is negative, or says less than a 分. */
export function fenOf(text: string): bigint | undefined {
  const plain = text
    .replace(/\s/g, '')
    .replace(fullWidth, (r) => String.fromCharCode(r.charCodeAt(0) - 0xfee0))
  const [, whole, decimals = '', unit = '元'] = typed.exec(plain) ?? []
  if (whole === undefined) return undefined
  const places = 2 + (zerosOfUnit[unit] ?? 0)
  const kept = decimals.replace(/0+$/, '')
  if (kept.length > places) return undefined
  const fen = BigInt(whole.replace(/,/g, '') + kept.padEnd(places, '0'))
  return fen <= most ? fen : undefined
}

/** Writes 分 as the interface carries them: 1500.50. */
export function yuanOf(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Writes an amount as the form prints it: thousands separated, no decimals where they are zero. */
export function shownYuan(fen: bigint): string {
  const [whole = '', decimals = ''] = yuanOf(fen).split('.')
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === '00' ? parted : `${parted}.${decimals}`
}

/** Gives an amount of the interface as the form prints it; a blank stays blank. */
export function shownAmount(amount: string | null | undefined): string {
  if (amount === null || amount === undefined || amount === '') return ''
  const negative = amount.startsWith('-')
  const fen = fenOf(negative ? amount.slice(1) : amount)
  return fen === undefined ? amount : shownYuan(negative ? -fen : fen)
}

/** Adds what is being typed, for show; blanks count nothing. Undefined where no amount stands there or
 * one can't be read, since a sum over half of them would mislead. */
export function sumOf(texts: readonly string[]): bigint | undefined {
  const filled = texts.filter((text) => text.trim() !== '').map(fenOf)
  if (filled.length === 0) return undefined
  return filled.reduce((sum, fen) => (sum === undefined || fen === undefined ? undefined : sum + fen))
}

/** What is being typed, added up for show; '' where sumOf has no sum. */
export function shownSum(texts: readonly string[]): string {
  const sum = sumOf(texts)
  return sum === undefined ? '' : shownYuan(sum)
}
