import { fenOf, yuanOf } from '@/domain/money'

/** Reads an amount as typed at a place of the content; what can't be read is sent as it was before. */
export type AmountReader = (place: string, text: string, before: string | null | undefined) => string | null

/** Reads amounts in yuan, and says in faults by place which can't be read. */
export function amountsInto(faults: Record<string, string>): AmountReader {
  return (place, text, before) => {
    if (text.trim() === '') return null
    const fen = fenOf(text)
    if (fen !== undefined) return yuanOf(fen)
    faults[place] = '金额应为不小于 0、最多两位小数的数字，如 1,500 或 20万元'
    return before ?? null
  }
}
