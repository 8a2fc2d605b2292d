import { computed, inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { components } from '@/api/schema'

type Finding = components['schemas']['Finding']
type Remark = components['schemas']['Remark']
type Difference = components['schemas']['Difference']

/** What is said about a place of a content. */
export interface PlaceNotes {
  findings: Finding[]
  remarks: Remark[]
  /** What stood here before, where it is shown beside what stands here now. */
  difference?: Difference
}

/** What a sheet shows beside its cells, and what may be done there. A place is a path inside the content
 * as findings name it: form.annualFunds.total. */
export interface SheetNotes {
  readonly: boolean
  at: (place: string) => PlaceNotes | undefined
  /** Answers a warning in a few words; absent where that isn't asked. */
  answer?: (finding: Finding, text: string) => void
  /** A reviewer's remarks that aren't sent yet, by place; absent for others. */
  remarking?: Map<string, string>
}

const key: InjectionKey<ComputedRef<SheetNotes>> = Symbol('notes')

/** What somebody sees of a record: findings, remarks of the last round and differences by place. */
interface Noted {
  findings?: readonly Finding[]
  remarks?: readonly Remark[]
  differences?: readonly Difference[]
}

/** Sorts notes by place. Remarks and differences name places from the root, as $.form.annualGoal. */
export function notesByPlace({
  findings = [],
  remarks = [],
  differences = [],
}: Noted): Map<string, PlaceNotes> {
  const places = new Map<string, PlaceNotes>()
  const at = (place: string): PlaceNotes => {
    const notes = places.get(place) ?? { findings: [], remarks: [] }
    places.set(place, notes)
    return notes
  }
  for (const finding of findings) at(finding.field).findings.push(finding)
  for (const remark of remarks) at(placeOf(remark.path)).remarks.push(remark)
  for (const difference of differences) at(placeOf(difference.path)).difference = difference
  return places
}

export function placeOf(path: string): string {
  return path.replace(/^\$\.?/, '')
}

const subject = /^项目“[^”]*”(?:的申报表)?(?:第 \d+ 行)?(?:(?:实施期|年度)?指标“[^”]*”)?的?/

/** A message as it is read at its cell: what project and row it is about is plain there. */
export function messageAtCell(message: string): string {
  const rest = message.replace(subject, '')
  return rest === '' ? message : rest
}

export function provideNotes(notes: ComputedRef<SheetNotes>): void {
  provide(key, notes)
}

const none: SheetNotes = { readonly: true, at: () => undefined }

export function useNotes(): ComputedRef<SheetNotes> {
  return inject(
    key,
    computed(() => none),
  )
}

/** Goes to the cell of a place, or to the nearest one around it. */
export function showPlace(place: string): void {
  for (let path = place; path !== ''; path = path.replace(/(^|\.)[^.]+$/, '')) {
    const cell = document.querySelector<HTMLElement>(`[data-place="${CSS.escape(path)}"]`)
    if (cell) {
      cell.scrollIntoView({ block: 'center' })
      ;(cell.querySelector<HTMLElement>('input, textarea, select') ?? cell).focus()
      return
    }
  }
}
