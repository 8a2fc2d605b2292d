import { api, call, tagOf } from '@/api/client'
import type { components } from '@/api/schema'
import type { Backed } from '@/features/attachment/backed'

export type Assessment = components['schemas']['Assessment']
export type AssessmentLine = components['schemas']['AssessmentLine']

export const assessmentWords: Readonly<Record<Assessment['kind'], string>> = {
  department: '部门评价',
  finance: '财政评价',
}

/** What an evaluator says of one indicator, as it is being typed. */
export interface AssessedDraft {
  score: string
  reason: string
}

export interface AssessmentDraft {
  lines: AssessedDraft[]
  problems: string
  advice: string
}

export function draftOf(of: Assessment): AssessmentDraft {
  return {
    lines: of.lines.map(({ score, reason }) => ({ score, reason })),
    problems: of.problems,
    advice: of.advice,
  }
}

/** What is sent of a draft: the lines of which something is said, the unit's own score standing for the others. */
export function bodyOf(draft: AssessmentDraft, of: Assessment) {
  const rows = draft.lines.flatMap((typed, line) => {
    const score = typed.score.trim() || (of.lines[line]?.selfScore ?? '')
    const reason = typed.reason.trim()
    return score === of.lines[line]?.selfScore && reason === '' ? [] : [{ line, score, reason }]
  })
  const { problems, advice } = draft
  return { rows, problems, advice } satisfies components['schemas']['assessmentIn']
}

/** What is evaluated: a project's filing, or a whole-unit target. */
export interface Evaluated {
  readonly record: string
  readonly whole: boolean
}

/** The files that back an evaluation up. */
export function backedBy({ record: id, whole }: Evaluated, kind: Assessment['kind']): Backed {
  if (!whole) return { of: kind, id }
  return { of: kind === 'department' ? 'wholeDepartment' : 'wholeFinance', id }
}

const placeOf = ({ whole }: Evaluated) => (whole ? '/targets/{id}/assessments' : '/filings/{id}/assessments')

export function fetchAssessments(what: Evaluated): Promise<components['schemas']['AssessmentList']> {
  return call(api.GET(placeOf(what), { params: { path: { id: what.record } } }))
}

export function saveAssessment(
  what: Evaluated,
  of: Assessment,
  body: components['schemas']['assessmentIn'],
): Promise<Assessment> {
  const params = { path: { id: what.record }, header: { 'If-Match': tagOf(of.version) } }
  return call(api.PUT(`${placeOf(what)}/${of.kind}`, { params, body }))
}

export function issueAssessment(what: Evaluated, of: Assessment, reason: string): Promise<Assessment> {
  const params = { path: { id: what.record }, header: { 'If-Match': tagOf(of.version) } }
  return call(api.POST(`${placeOf(what)}/${of.kind}/issued`, { params, body: { reason } }))
}
