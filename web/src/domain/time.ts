/** Moments as people in China read them. The interface gives UTC; all is shown in Beijing's time. */
const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function read(moment: string): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(new Date(moment)).map((part) => [part.type, part.value]))
}

/** 2026-03-01 */
export function shownDate(moment: string): string {
  const { year, month, day } = read(moment)
  return `${year}-${month}-${day}`
}

/** 2026-03-01 10:32 */
export function shownTime(moment: string): string {
  const { hour, minute } = read(moment)
  return `${shownDate(moment)} ${hour}:${minute}`
}

/** 10:32 */
export function shownClock(moment: string): string {
  const { hour, minute } = read(moment)
  return `${hour}:${minute}`
}
