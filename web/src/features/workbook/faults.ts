import type { FieldProblem } from '@/api/failure'
import type { components } from '@/api/schema'

/** The faults of a refusal that stand at a cell, such as 申报表!C7. */
export function cellFaultsOf(fields: readonly FieldProblem[]): components['schemas']['CellFault'][] {
  return fields
    .filter(({ pointer }) => pointer.includes('!'))
    .map(({ pointer, detail }) => ({ cell: pointer, message: detail }))
}
