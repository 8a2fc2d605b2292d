import type { components } from '@/api/schema'
import type { Entry } from './entry'

type Body = components['schemas']['libraryIn']

/** An entry as it is being edited: everything a text, lists with an item a line. */
export interface EntryDraft {
  level: string // both levels, as output.quantity
  name: string
  unit: string
  operator: string
  usual: string
  functions: string
  industries: string
  common: boolean
  explanation: string
  basis: string
  source: string
  evidence: string
  method: string
  scoring: string
}

const texts = ['name', 'unit', 'explanation', 'basis', 'source', 'evidence', 'method', 'scoring'] as const

export function draftOf(entry?: Entry): EntryDraft {
  const kept = texts.map((key) => [key, entry?.[key] ?? ''])
  return {
    ...(Object.fromEntries(kept) as Pick<EntryDraft, (typeof texts)[number]>),
    level: entry ? `${entry.level1}.${entry.level2}` : '',
    operator: entry?.operator ?? '>=',
    usual: (entry?.usual ?? []).join('\n'),
    functions: (entry?.functions ?? []).join('\n'),
    industries: (entry?.industries ?? []).join('\n'),
    common: entry?.common ?? false,
  }
}

export function bodyOf(draft: EntryDraft): Body {
  const [level1 = '', level2 = ''] = draft.level.split('.')
  const said = texts.map((key) => [key, draft[key].trim()])
  return {
    ...(Object.fromEntries(said) as Pick<Body, 'name'>),
    level1,
    level2,
    operator: isOperator(draft.operator) ? draft.operator : null,
    usual: linesOf(draft.usual, /\n/),
    functions: linesOf(draft.functions, /[\s,，、;；]+/),
    industries: linesOf(draft.industries, /[\n,，、;；]+/),
    common: draft.common,
  }
}

function linesOf(text: string, between: RegExp): string[] {
  return text
    .split(between)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function isOperator(text: string): text is NonNullable<Body['operator']> {
  return ['>=', '<=', '=', '>', '<', 'range'].includes(text)
}
