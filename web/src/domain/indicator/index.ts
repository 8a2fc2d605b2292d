/** What an indicator value (指标值) means: the same grammar, words and cases as the Go package
 * service/indicator. It knows nothing of filings or names of indicators. */
import { parseValue } from './value'
import { wordsOf } from './words'

export { parseValue, type Kind, type TargetValue } from './value'
export { wordsOf } from './words'
export type { Direction, Operator } from './vocabulary'

/** Says in Chinese what a value means in a budget year, to stand under its field. */
export function reading(text: string, year: number): string {
  return wordsOf(parseValue(text, year))
}
