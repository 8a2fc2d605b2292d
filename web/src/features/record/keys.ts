/** On paper the pen goes to the next blank: so does Enter, but for line breaks in long texts. */
export function toNextField(event: KeyboardEvent): void {
  const field = event.target as HTMLElement
  if (event.isComposing || event.ctrlKey || event.altKey) return
  if (field instanceof HTMLTextAreaElement && field.dataset['line'] === undefined) return
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return
  const sheet = event.currentTarget as HTMLElement
  const fields = Array.from(sheet.querySelectorAll<HTMLElement>('td input, td select, td textarea:not(.pin)'))
  event.preventDefault()
  fields[fields.indexOf(field) + (event.shiftKey ? -1 : 1)]?.focus()
}
