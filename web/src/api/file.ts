import { failureFrom } from './failure'

/** The workbooks of Excel and WPS. */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The options that send a file as it is, as the body of a request. */
export function fileBody(file: Blob, mediaType: string) {
  return {
    body: file as unknown as string, // what the interface says of a body of bytes
    bodySerializer: (body: unknown) => body as Blob,
    headers: { 'Content-Type': mediaType },
  }
}

/** The kind of a table by its file's name; the server reads just these two. */
export function tableType(name: string): typeof xlsxType | 'text/csv' {
  return /\.csv$/i.test(name) ? 'text/csv' : xlsxType
}

interface Answer {
  data?: Blob
  error?: unknown
  response: Response
}

/** The file that a request brings, with the name that the server gives it. Throws a Failure where there is none. */
export async function callFile(request: Promise<Answer>): Promise<{ file: Blob; name: string }> {
  const { data, error, response } = await request
  if (!response.ok || !data) throw failureFrom(response, error)
  return { file: data, name: nameIn(response.headers.get('Content-Disposition') ?? '') }
}

/** The name in a Content-Disposition, in either of its two forms. */
export function nameIn(disposition: string): string {
  const coded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1]
  if (coded) return decodeURIComponent(coded)
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? ''
}

/**
 * Sends a request as fetch does, and tells what share of its body has gone, from 0 to 1.
 * fetch itself can't tell.
 */
export async function sendTelling(request: Request, tell: (share: number) => void): Promise<Response> {
  const body = await request.blob()
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest()
    sending.open(request.method, request.url)
    request.headers.forEach((value, name) => sending.setRequestHeader(name, value))
    sending.upload.addEventListener('progress', ({ loaded, total }) => tell(total > 0 ? loaded / total : 0))
    sending.addEventListener('load', () => resolve(answerOf(sending)))
    sending.addEventListener('error', () => reject(new TypeError('network: the request could not be sent')))
    sending.send(body)
  })
}

function answerOf(sent: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const line of sent.getAllResponseHeaders().trim().split('\r\n')) {
    const at = line.indexOf(':')
    if (at > 0) headers.append(line.slice(0, at), line.slice(at + 1).trim())
  }
  return new Response(sent.status === 204 ? null : sent.responseText, { status: sent.status, headers })
}
