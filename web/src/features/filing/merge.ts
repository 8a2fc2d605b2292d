import { fundKindWords, sourceWords } from '@/domain/funds'
import { choose, merge as mergeDrafts } from '@/features/record/merge'
import type { Clash, Layout, Merged } from '@/features/record/merge'
import type { FormDraft } from './draft'

export { choose }
export type { Clash }

const ofProject = new Set(['projectName', 'functionCode', 'nature', 'category', 'budget'])

const layout: Layout = {
  lists: { budget: '项目预算', indicators: '绩效指标（行有增减或移动）' },
  kindOf: (row) => ('level2' in row ? String(row.level2) : ''),
  placeOf: placeOfLeaf,
  words: { fundKind: fundKindWords, source: sourceWords },
}

/** indicators.3.annual.value of the draft stands at form.indicators[3].annual.value. */
function placeOfLeaf(keys: readonly string[]): string {
  const indexed = keys
    .join('.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]')
    .replace(/\.stated$/, '.total')
  if (indexed === 'projectName') return 'name'
  return ofProject.has(keys[0] ?? '') ? indexed : `form.${indexed}`
}

/** As merge of any record, of a filing's form. */
export function merge(base: FormDraft, mine: FormDraft, theirs: FormDraft): Merged<FormDraft> {
  return mergeDrafts(layout, base, mine, theirs)
}
