import { interpretations, trimmed } from './brackets'
import { readDate } from './date'
import { fold, type Line } from './fold'
import { afterBase } from './lead'
import { readMeasure } from './measure'
import type { Direction, Operator } from './vocabulary'

/** Says which sort of meaning a value has: `ratio` is in per cent, `money` in yuan, `date` the last day
 * of what is meant, `change` against a base that the text may leave out, `grade` words that only
 * judgement compares. */
export type Kind = 'quantity' | 'ratio' | 'money' | 'date' | 'change' | 'grade' | 'empty'

/** What stands on a form (指标值) together with its meaning, as the Go package service/indicator defines
 * it: all nine keys are always there, blank where nothing is meant. */
export interface TargetValue {
  /** Exactly as written. */
  text: string
  kind: Kind
  operator: Operator | ''
  /** An exact plain decimal: yuan, hundredths for ratios, the lower bound of a range, the size of a change. */
  value: string
  /** Set for ranges alone. */
  upper: string
  /** 元 for money, % for ratios, else as written, with 万 and 亿 multiplied into value. */
  unit: string
  /** As written (人·天, 人、天); several 每 are joined by "·". */
  per: string
  /** yyyy-mm-dd. */
  date: string
  direction: Direction | ''
}

/** A meaning without the keys that are blank. */
export type Meaning = Partial<TargetValue> & { kind: Kind }

const blank: Omit<TargetValue, 'text' | 'kind'> = {
  operator: '',
  value: '',
  upper: '',
  unit: '',
  per: '',
  date: '',
  direction: '',
}

/** The length in characters beyond which a text isn't read as a value: nobody measures against a page,
 * and reading must stay quick. */
const longest = 1000

/** Tells what a value means. Dates without a year are of the given year, the budget year of the filing.
 * It accepts any text: what it can't compare by number or date is a `grade`, and blank is `empty`. */
export function parseValue(text: string, year: number): TargetValue {
  return { ...blank, ...meaningOf(text, year), text }
}

function meaningOf(text: string, year: number): Meaning {
  if (/^\p{White_Space}*$/u.test(text)) return { kind: 'empty' }
  if (text.length > 2 * longest || Array.from(text).length > longest) return { kind: 'grade' }
  const s = fold(text)
  if (s.length === 0) return { kind: 'empty' } // nothing but invisible characters
  for (const interpretation of interpretations(s)) {
    const meaning = understand(interpretation.text, year)
    if (!meaning) continue
    if (interpretation.strict) meaning.operator = strictly(meaning.operator)
    return meaning
  }
  return { kind: 'grade' }
}

/** Reads one folded line: as a date if all of it is one, else as an amount. */
function understand(line: Line, year: number): Meaning | undefined {
  const s = afterBase(trimmed(line))
  return readDate(s, year) ?? readMeasure(s)
}

function strictly(operator: Meaning['operator']): Operator | '' {
  if (operator === '>=') return '>'
  return operator === '<=' ? '<' : (operator ?? '')
}
