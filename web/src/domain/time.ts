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

/** The moment at which a day (2026-03-01) begins in Beijing, for the interface. */
export function startOfDay(day: string): string {
  return `${day}T00:00:00+08:00`
}

/** The moment at which a day is over in Beijing: the next one's beginning. */
export function endOfDay(day: string): string {
  const next = new Date(Date.parse(startOfDay(day)) + 24 * 3600 * 1000)
  return `${shownDate(next.toISOString())}T00:00:00+08:00`
}

/** How many days from now until a day (2026-03-01) in Beijing; negative once it is over. */
export function daysUntil(day: string, now = new Date()): number {
  const today = startOfDay(shownDate(now.toISOString()))
  return Math.round((Date.parse(startOfDay(day)) - Date.parse(today)) / (24 * 3600 * 1000))
}
