import { at, from, hasDigit, oneOf, textOf, type Line } from './fold'
import { baseAt } from './unit'
import { averages, raw, terms, type Direction, type LeadWord, type Operator } from './vocabulary'

/** What the words before a number say about it. */
export interface Lead {
  operator?: Operator
  /** An operator was written, rather than a level named. */
  strong: boolean
  level: boolean
  direction?: Direction
  currency: boolean
  negative: boolean
  /** ± */
  both: boolean
  pers: string[]
  /** What is left: the indicator's name, a base, a deadline. */
  name: Line
}

export function emptyLead(): Lead {
  const none = { strong: false, level: false, currency: false, negative: false, both: false }
  return { ...none, pers: [], name: [] }
}

/** Reads the words before a number from right to left: 每人每天不超过 · 培训人数≥ · 较上年增长 · 提高到. */
export function leadOf(line: Line): Lead {
  const lead = emptyLead()
  lead.both = at(line, line.length - 1) === '±'
  let s = takeSign(lead, lead.both ? line.slice(0, -1) : line)
  for (;;) {
    s = trimEnd(s)
    if (terms.fixed.ending(s)) break
    const per = averages.get(textOf(from(s, s.length - 2))) // before 均 alone is taken for a filler
    if (per !== undefined) {
      lead.pers.push(per)
      s = s.slice(0, -2)
      continue
    }
    const word = terms.lead.ending(s)
    if (!word) break
    s = s.slice(0, -word.length)
    take(lead, word.meaning)
  }
  lead.name = s
  takeAverage(lead)
  takePers(lead)
  takeBase(lead)
  takeDistantOperator(lead)
  takeDistantChange(lead)
  return lead
}

export function trimEnd(s: Line): Line {
  let end = s.length
  while (oneOf(' :,;、', at(s, end - 1))) end--
  return s.slice(0, end)
}

/** Takes a minus sign; after words a dash only parts the name from the value. */
function takeSign(lead: Lead, s: Line): Line {
  if (at(s, s.length - 1) !== '-') return s
  const rest = trimEnd(s.slice(0, -1))
  lead.negative = rest.length === 0 || terms.lead.ending(rest) !== undefined
  return s.slice(0, -1)
}

/** Adds one word; the operator closest to the number wins. */
function take(lead: Lead, word: LeadWord): void {
  switch (word.role) {
    case 'operator':
      if (!lead.strong) {
        lead.operator = word.operator
        lead.strong = true
      }
      break
    case 'level':
    case 'cap':
      lead.operator ??= word.operator
      lead.level ||= word.role === 'level'
      break
    case 'change':
    case 'rate': // 提高到95% names a level, 增长率达到5% still a change
      if (!lead.level || word.role === 'rate') lead.direction ??= word.direction
      break
    case 'currency':
      lead.currency = true
  }
}

/** Reads 人均 and the like as a base. */
function takeAverage(lead: Lead): void {
  if (lead.pers.length > 0) return
  for (let i = 0; i < lead.name.length; i++) {
    for (let n = Math.min(3, lead.name.length - i); n > 1; n--) {
      const per = averages.get(textOf(lead.name.slice(i, i + n)))
      if (per !== undefined) {
        lead.pers.push(per)
        return
      }
    }
  }
}

/** Reads every 每 in the name: 每人每天 is per 人·天. */
function takePers(lead: Lead): void {
  for (let i = 0; i < lead.name.length; i++) {
    if (lead.name[i] !== '每') continue
    const base = baseAt(lead.name, i + 1)
    if (base) {
      lead.pers.push(base.text)
      i = base.end - 1
    }
  }
}

/** Reads a comparison with an earlier figure as a change: 高于上年5%, 比去年少3起. */
function takeBase(lead: Lead): void {
  const { name } = lead
  const last = at(name, name.length - 1)
  if (name.length > 1 && oneOf('多少', last) && compared(name.slice(0, -1))) {
    lead.direction = last === '多' ? 'up' : 'down'
    return
  }
  const base = terms.bases.ending(name)
  if (!base || lead.direction) return
  const before = name.slice(0, -base.length)
  const comparison = terms.compares.ending(before)
  if (!comparison || at(before, before.length - comparison.length - 1) === '不') return
  lead.direction = comparison.meaning
}

function compared(name: Line): boolean {
  return raw.comparers.some((word) => textOf(name).includes(word))
}

/** Reads an operator that its base parts from the number: 不低于上年的95%. */
function takeDistantOperator(lead: Lead): void {
  if (lead.strong || lead.direction) return
  const word = terms.lead.at(lead.name, 0)
  if (word?.meaning.role !== 'operator' || word.length >= lead.name.length) return
  if (!bearsDistance(lead.name.slice(0, word.length))) return
  lead.operator = word.meaning.operator
  lead.strong = true
  lead.name = lead.name.slice(word.length)
}

/** Keeps 最低工资 and 超标率 from being read as operators. */
function bearsDistance(word: Line): boolean {
  return oneOf('不未至≥≤><', at(word, 0)) || textOf(word).includes('等于')
}

/** Reads a change with its object between verb and number: 增加就业120人.
 * Before an operator a rate is a level all the same: 提高满意度≥95%. */
function takeDistantChange(lead: Lead): void {
  if (lead.direction || lead.level) return
  const clause = lastClause(lead.name)
  for (let i = 0; i < clause.length; i++) {
    if (terms.fixed.at(clause, i)) return
    const change = terms.changes.at(clause, i)
    if (!change) continue
    const object = clause.slice(i + change.length)
    const opens = opensChange(clause.slice(0, i)) && object.length > 0
    if (opens && !(lead.strong && isRate(object))) lead.direction = change.meaning
    return
  }
}

/** The verb begins the clause, or follows a base or an adverb. */
function opensChange(before: Line): boolean {
  return before.length === 0 || compared(before) || raw.adverbs.includes(textOf(before))
}

function lastClause(s: Line): Line {
  let i = s.length
  while (i > 0 && !oneOf(',;。:、', at(s, i - 1))) i--
  return s.slice(i)
}

function isRate(noun: Line): boolean {
  const ends = (word: string) => textOf(noun).endsWith(word)
  return !raw.notRates.some(ends) && raw.rateNouns.some(ends)
}

/** Leaves of 从80%提高到95% what it ends in. */
export function afterBase(s: Line): Line {
  if (!oneOf('从由', at(s, 0))) return s
  for (let i = 0; i < s.length; i++) {
    const change = terms.changes.at(s, i)
    const ends = change && oneOf('到至为达', at(s, i + change.length))
    if (ends && hasDigit(s.slice(0, i))) return s.slice(i)
  }
  return s
}
