import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Reading = Schemas['ImportReading']
export type Preview = Schemas['TablePreview']
export type ImportRow = Schemas['ImportRow']
export type Becomes = Schemas['Becomes']

/** What each column stands for, by its number; '' where it is left out. */
export type Choices = Readonly<Record<number, string>>

export const becomesWords: Readonly<Record<Becomes, string>> = {
  new: '新建草稿',
  changed: '修改草稿',
  unchanged: '没有变化',
  refused: '不能导入',
}

export const amountUnitWords: Readonly<Record<Schemas['AmountUnit'], string>> = { yuan: '元', wan: '万元' }

export function proposedBy({ columns }: Pick<Reading, 'columns'>): Choices {
  return Object.fromEntries(columns.map(({ column, field }) => [column, field]))
}

/** Lets a column stand for a field, which leaves the column that had it before. */
export function choose(choices: Choices, column: number, field: string): Choices {
  const others = Object.entries(choices).map(([key, kept]) => [key, kept === field ? '' : kept] as const)
  return { ...Object.fromEntries(others), [column]: field }
}

/** The chosen columns as the interface takes them: 3:name. */
export function columnsOf(choices: Choices): string[] {
  return Object.entries(choices)
    .filter(([, field]) => field !== '')
    .map(([column, field]) => `${column}:${field}`)
}

/** The fields that must be there and that no column stands for. */
export function missingIn(choices: Choices, fields: Reading['fields']): string[] {
  const chosen = new Set(Object.values(choices))
  return fields.filter(({ key, required }) => required && !chosen.has(key)).map(({ label }) => label)
}

/** Rows that became something, or all of them for ''. */
export function rowsOf({ rows }: Pick<Preview, 'rows'>, becomes: string): ImportRow[] {
  return becomes === '' ? rows : rows.filter((row) => row.becomes === becomes)
}
