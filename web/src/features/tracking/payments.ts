import { api, call } from '@/api/client'
import type { components, paths } from '@/api/schema'

export type Payment = components['schemas']['paymentOut']
export type PaidProject = components['schemas']['PaidProject']
export type Reading = components['schemas']['PaymentReading']
export type Imported = components['schemas']['PaymentsImported']
export type PaymentQuery = NonNullable<paths['/payments']['get']['parameters']['query']>

/** A file of payments as it was chosen, with what its columns are said to be, by heading. */
export interface PaymentFile {
  file: File
  region: string
  year: number
  columns: Record<string, string>
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The request for a file as it is; the interface describes it as a text. */
function upload(file: File) {
  return {
    body: file as unknown as string,
    bodySerializer: (body: unknown) => body as File,
    headers: { 'Content-Type': file.name.toLowerCase().endsWith('.csv') ? 'text/csv' : xlsx },
  }
}

export function readFile(file: File, region: string): Promise<Reading> {
  return call(api.POST('/payments/import/read', { params: { query: { region } }, ...upload(file) }))
}

/** What the file would come to, or comes to: all of it is kept or nothing. */
export function bring(
  path: '/payments/import/preview' | '/payments/import',
  from: PaymentFile,
): Promise<Imported> {
  const column = Object.entries(from.columns).flatMap(([heading, field]) =>
    field ? [`${field}:${heading}`] : [],
  )
  const query = { region: from.region, year: from.year, name: from.file.name, column }
  return call(api.POST(path, { params: { query }, ...upload(from.file) }))
}
