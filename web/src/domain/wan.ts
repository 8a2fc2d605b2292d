import { fenOf } from './money'

/**
 * An amount of the interface (yuan, as text) in 万元 with two decimals, as tables show
 * it: 30988466.00 → 3,098.85. Half a 分 of 万元 rounds up; it is for reading alone.
 */
export function shownWan(amount: string | null): string {
  if (amount === null) return ''
  const negative = amount.startsWith('-')
  const fen = fenOf(negative ? amount.slice(1) : amount)
  if (fen === undefined) return amount
  const hundredths = (fen + 5_000n) / 10_000n
  const digits = String(hundredths).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${negative && hundredths > 0n ? '-' : ''}${whole}.${digits.slice(-2)}`
}
