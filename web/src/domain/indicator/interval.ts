import { amountAt, tailAt, type Amount, type Tail } from './amount'
import { compare } from './decimal'
import { at, from, isDigit, isSign, oneOf, textOf, type Line } from './fold'
import { emptyLead, leadOf, type Lead } from './lead'
import { build, isLower } from './measure'
import type { Meaning } from './value'
import type { Operator } from './vocabulary'

/** Reads the mathematicians' 90%≤完成率≤95%. */
export function readChain(s: Line, i: number, amount: Amount): Meaning | undefined {
  const sign = at(s, amount.end)
  if (i > 0 || amount.high || !oneOf('≤<≥>', sign)) return undefined
  for (let j = amount.end + 1; j < s.length && !isDigit(at(s, j)); j++) {
    const second = at(s, j)
    if (!isSign(second)) continue
    if (below(second) !== below(sign) || second === '=') return undefined
    const other = amountAt(s, j + 1)
    if (!other || other.end < s.length) return undefined
    return below(sign) ? bounds(amount, other) : bounds(other, amount)
  }
  return undefined
}

function below(sign: string): boolean {
  return sign === '≤' || sign === '<'
}

/** Makes a range of a lower and an upper amount; a unit written once serves both. */
function bounds(low: Amount, high: Amount): Meaning | undefined {
  const a = low.unitClass === 'none' ? withUnit(low, high) : low
  const b = high.unitClass === 'none' ? withUnit(high, a) : high
  if (a.unit !== b.unit || a.high || b.high || compare(a.low, b.low) > 0) return undefined
  return build(emptyLead(), { ...a, high: b.low }, { per: '', rest: [] })
}

function withUnit(amount: Amount, { unit, unitClass }: Amount): Amount {
  return { ...amount, unit, unitClass }
}

/** Reads two bounds in words: 不低于90%且不高于95%, 90%以上95%以下. */
export function readInterval(lead: Lead, amount: Amount, tail: Tail): Meaning | undefined {
  const first = tail.operator ?? lead.operator
  const rest = afterJoint(tail.rest)
  const i = rest.findIndex(isDigit)
  const other = i < 0 ? undefined : amountAt(rest, i)
  if (!other) return undefined
  const lead2 = leadOf(rest.slice(0, i))
  const tail2 = tailAt(rest, other)
  const unnamed = lead2.name.length === 0
  if (textOf(tail2.rest) === '之间' && ((first === undefined && unnamed) || first === '=')) {
    return bounds(amount, other)
  }
  if (tail2.rest.length > 0 || !unnamed) return undefined
  const second = tail2.operator ?? lead2.operator
  if (isLower(first) && isUpper(second)) return bounds(amount, other)
  if (isUpper(first) && isLower(second)) return bounds(other, amount)
  return undefined
}

function afterJoint(s: Line): Line {
  let i = 0
  while (oneOf('且并而,;、和及与或同时又', at(s, i))) i++
  return from(s, i)
}

function isUpper(operator: Operator | undefined): boolean {
  return operator === '<=' || operator === '<'
}
