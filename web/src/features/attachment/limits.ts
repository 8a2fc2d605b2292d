/** What the server says of the files that it takes. */
interface Limits {
  maxSize: number // bytes
  endings: readonly string[]
}

/** A size as people read it: 820 B, 12 KB, 3.4 MB. */
export function shownSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const kilo = bytes / 1024
  if (kilo < 1024) return `${Math.round(kilo)} KB`
  return `${(kilo / 1024).toFixed(1)} MB`
}

/** The kinds of files as people name them: pdf、docx. */
export function shownEndings(endings: readonly string[]): string {
  return endings.map((one) => one.replace('.', '')).join('、')
}

/** Why a file would surely be refused, before it is sent; '' where the server has to look. */
export function refusalOf(file: { name: string; size: number }, { maxSize, endings }: Limits): string {
  const ending = /\.[^.]+$/.exec(file.name)?.[0].toLowerCase() ?? ''
  if (!endings.includes(ending))
    return `不支持这种文件，附件只能是 ${shownEndings(endings)} 文件，请另存后再传`
  if (file.size === 0) return '文件是空的，请核对后再传'
  if (file.size > maxSize) {
    return `文件有 ${shownSize(file.size)}，超过 ${shownSize(maxSize)} 的上限，请压缩或拆分后再传`
  }
  return ''
}
