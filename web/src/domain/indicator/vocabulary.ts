import words from '../../../../service/indicator/vocabulary.json'
import { digitsOf, type Decimal } from './decimal'
import { textOf, type Line } from './fold'

/** Compares an actual figure with the value. */
export type Operator = '>=' | '<=' | '=' | '>' | '<' | 'range'

/** Where a change goes. */
export type Direction = 'up' | 'down'

/** What a word before a number does there: `level` names a level reached (达到), `cap` a ceiling
 * (控制在); `change` does a change (提高), `rate` names one (增长率); `filler` says nothing. */
export type LeadWord =
  | { role: 'operator' | 'level' | 'cap'; operator: Operator }
  | { role: 'change' | 'rate'; direction: Direction }
  | { role: 'filler' | 'currency' }

/** `ordinal` is a rank or a name (级, 号), never an amount. */
export type UnitClass = 'none' | 'percent' | 'money' | 'time' | 'count' | 'ordinal' | 'latin' | 'unknown'

export interface UnitWord {
  unitClass: UnitClass
  factor?: Decimal
}

/** Closes a date: 前 or 内. A date that only begins (起) has no last day. */
export type Marker = 'before' | 'within' | 'open'

/** Words with their meanings; finds the longest known one at a place or before it. */
export class Words<T> {
  private readonly known = new Map<string, T>()
  private longest = 0

  put(meaning: T, list: readonly string[]): void {
    for (const word of list) {
      this.known.set(word, meaning)
      this.longest = Math.max(this.longest, Array.from(word).length)
    }
  }

  /** Gives the longest word that starts at i, and its length. */
  at(s: Line, i: number): Found<T> | undefined {
    for (let n = Math.min(this.longest, s.length - i); n > 0; n--) {
      const meaning = this.known.get(textOf(s.slice(i, i + n)))
      if (meaning !== undefined) return { meaning, length: n }
    }
    return undefined
  }

  /** Gives the longest word that ends the line, and its length. */
  ending(s: Line): Found<T> | undefined {
    for (let n = Math.min(this.longest, s.length); n > 0; n--) {
      const meaning = this.known.get(textOf(s.slice(s.length - n)))
      if (meaning !== undefined) return { meaning, length: n }
    }
    return undefined
  }

  is(s: Line): boolean {
    return this.known.has(textOf(s))
  }
}

export interface Found<T> {
  meaning: T
  length: number
}

/** The words as they stand in the shared file. */
export const raw = words

export const averages = new Map<string, string>(Object.entries(words.averages))

export const terms = {
  lead: leadWords(),
  after: new Words<Operator>(),
  units: unitWords(),
  changes: new Words<Direction>(),
  compares: new Words<Direction>(),
  bases: listed(words.bases),
  closed: listed(words.closedTails),
  metric: listed(words.metricHeads),
  /** Changes in looks only: 增加值. */
  fixed: listed(words.notChanges),
  markers: new Words<Marker>(),
  years: new Words<number>(),
  parts: new Words<readonly number[]>(),
  days: new Words<number>(),
}

fillTerms()

function fillTerms(): void {
  for (const [operator, list] of Object.entries(words.after)) {
    terms.after.put(operator as Operator, list)
  }
  terms.changes.put('up', longVerbs(words.rise))
  terms.changes.put('down', longVerbs(words.fall))
  terms.compares.put('up', words.compareUp)
  terms.compares.put('down', words.compareDown)
  terms.markers.put('before', words.dates.before)
  terms.markers.put('within', words.dates.within)
  terms.markers.put('open', words.dates.open)
  eachEntry(words.dates.relativeYears, (word, shift) => terms.years.put(shift, [word]))
  eachEntry(words.dates.yearParts, (word, months) => terms.parts.put(months, [word]))
  eachEntry(words.dates.monthParts, (word, last) => terms.days.put(last, [word]))
}

function eachEntry<T>(record: Record<string, T>, visit: (word: string, meaning: T) => void): void {
  for (const [word, meaning] of Object.entries(record)) visit(word, meaning)
}

function listed(list: readonly string[]): Words<true> {
  const found = new Words<true>()
  found.put(true, list)
  return found
}

function longVerbs(verbs: readonly string[]): string[] {
  return verbs.filter((verb) => Array.from(verb).length > 1)
}

/** Gives the words that stand before a number; later ones win over earlier ones. */
function leadWords(): Words<LeadWord> {
  const lead = new Words<LeadWord>()
  lead.put({ role: 'filler' }, words.fillers)
  lead.put({ role: 'currency' }, words.currency)
  lead.put({ role: 'level', operator: '=' }, words.level)
  lead.put({ role: 'cap', operator: '<=' }, words.cap)
  putChanges(lead, 'up', words.rise)
  putChanges(lead, 'down', words.fall)
  lead.put({ role: 'rate', direction: 'up' }, words.riseNouns)
  lead.put({ role: 'rate', direction: 'down' }, words.fallNouns)
  for (const [operator, list] of Object.entries(words.before)) {
    lead.put({ role: 'operator', operator: operator as Operator }, list)
  }
  return lead
}

/** Also puts the nouns made of a verb: 增长率, 下降幅度. */
function putChanges(lead: Words<LeadWord>, direction: Direction, verbs: readonly string[]): void {
  lead.put({ role: 'change', direction }, verbs)
  for (const verb of longVerbs(verbs)) {
    lead.put(
      { role: 'rate', direction },
      words.changeNouns.map((noun) => verb + noun),
    )
  }
}

function unitWords(): Words<UnitWord> {
  const units = new Words<UnitWord>()
  const listedUnits = words.units
  units.put({ unitClass: 'latin' }, listedUnits.latin)
  units.put({ unitClass: 'count' }, listedUnits.count)
  units.put({ unitClass: 'time' }, listedUnits.time)
  units.put({ unitClass: 'ordinal' }, listedUnits.ordinal)
  eachEntry(listedUnits.percent, (word, factor) => {
    units.put({ unitClass: 'percent', factor: digitsOf(factor) }, [word])
  })
  eachEntry(listedUnits.money, (word, factor) => {
    units.put({ unitClass: 'money', factor: digitsOf(factor) }, [word])
  })
  return units
}
