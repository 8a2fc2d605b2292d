import { api, call, telling } from '@/api/client'
import { fileBody } from '@/api/file'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Attachment = Schemas['Attachment']
export type AttachmentList = Schemas['AttachmentList']

const paths = {
  record: '/records/{id}/attachments',
  evaluation: '/filings/{id}/evaluation/attachments',
  whole: '/targets/{id}/evaluation/attachments',
  department: '/filings/{id}/assessments/department/attachments',
  finance: '/filings/{id}/assessments/finance/attachments',
  wholeDepartment: '/targets/{id}/assessments/department/attachments',
  wholeFinance: '/targets/{id}/assessments/finance/attachments',
  correction: '/corrections/{id}/attachments',
} as const

/** What files back up: a record, or what follows from it, known by the record or, for a correction, by itself. */
export type Backed = { of: keyof typeof paths; id: string } | { of: 'monitoring'; id: string; window: string }

export function fetchAttachments(backed: Backed): Promise<AttachmentList> {
  const { id } = backed
  if (backed.of !== 'monitoring') return call(api.GET(paths[backed.of], { params: { path: { id } } }))
  const path = { id, window: backed.window }
  return call(api.GET('/filings/{id}/monitoring/{window}/attachments', { params: { path } }))
}

/** Sends a file, and tells what share of it has gone, from 0 to 1. */
export function addAttachment(
  backed: Backed,
  file: File,
  tell: (share: number) => void,
): Promise<Attachment> {
  const { id } = backed
  const query = { name: file.name }
  const sent = { ...fileBody(file, 'application/octet-stream'), ...telling(tell) }
  if (backed.of !== 'monitoring')
    return call(api.POST(paths[backed.of], { params: { path: { id }, query }, ...sent }))
  const path = { id, window: backed.window }
  return call(api.POST('/filings/{id}/monitoring/{window}/attachments', { params: { path, query }, ...sent }))
}
