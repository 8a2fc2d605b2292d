import { reactive } from 'vue'
import { failureOf } from '@/api/failure'
import { toast } from '@/app/toasts'
import { addAttachment } from './backed'
import type { AttachmentList, Backed } from './backed'
import { refusalOf } from './limits'

/** A file on its way. */
export interface Upload {
  readonly id: number
  readonly name: string
  share: number // of it that has gone, from 0 to 1
  fault: string // why it was refused; '' as long as it wasn't
}

/** Sends files one after the other; what is refused stays on the page with its reason. */
export function useUploads(
  backed: () => Backed,
  limits: () => AttachmentList | null,
  done: () => Promise<void>,
) {
  const uploads = reactive<Upload[]>([])
  let last = 0
  let queue = Promise.resolve()

  function add(files: readonly File[]): Promise<void> {
    for (const file of files) {
      uploads.push({ id: ++last, name: file.name, share: 0, fault: '' })
      const upload = uploads[uploads.length - 1] as Upload
      const list = limits()
      upload.fault = list ? refusalOf(file, list) : ''
      if (!upload.fault) queue = queue.then(() => send(file, upload))
    }
    return queue
  }

  async function send(file: File, upload: Upload): Promise<void> {
    try {
      await addAttachment(backed(), file, (share) => (upload.share = share))
      await done()
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
