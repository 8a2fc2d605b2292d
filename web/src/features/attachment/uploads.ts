import { reactive } from 'vue'
import { api, call, telling } from '@/api/client'
import { failureOf } from '@/api/failure'
import { fileBody } from '@/api/file'
import type { components } from '@/api/schema'
import { toast } from '@/app/toasts'
import type { Load } from '@/components/load'
import { refusalOf } from './limits'

/** A file on its way. */
export interface Upload {
  readonly id: number
  readonly name: string
  share: number // of it that has gone, from 0 to 1
  fault: string // why it was refused; '' as long as it wasn't
}

type List = components['schemas']['AttachmentList']

/** Sends files to a record one after the other; what is refused stays on the page with its reason. */
export function useUploads(record: () => string, list: Load<List>) {
  const uploads = reactive<Upload[]>([])
  let last = 0
  let queue = Promise.resolve()

  function add(files: readonly File[]): Promise<void> {
    for (const file of files) {
      uploads.push({ id: ++last, name: file.name, share: 0, fault: '' })
      const upload = uploads[uploads.length - 1] as Upload
      upload.fault = list.data.value ? refusalOf(file, list.data.value) : ''
      if (!upload.fault) queue = queue.then(() => send(file, upload))
    }
    return queue
  }

  async function send(file: File, upload: Upload): Promise<void> {
    try {
      await call(
        api.POST('/records/{id}/attachments', {
          params: { path: { id: record() }, query: { name: file.name } },
          ...fileBody(file, 'application/octet-stream'),
          ...telling((share) => (upload.share = share)),
        }),
      )
      await list.reload()
      dismiss(upload.id)
      toast(`已上传 ${file.name}`)
    } catch (thrown) {
      upload.fault = failureOf(thrown).message
    }
  }

  function dismiss(id: number): void {
    const at = uploads.findIndex((one) => one.id === id)
    if (at >= 0) uploads.splice(at, 1)
  }

  return { uploads, add, dismiss }
}
