/** A place where two people wrote different things over the same. */
export interface Clash {
  /** Inside the content, as the server's differences name it; a list that was rearranged counts as one. */
  place: string
  /** What a list is called; the server names all other places. */
  label?: string
  /** Inside the draft. */
  keys: readonly string[]
  mine: string
  theirs: string
}

export interface Merged<Draft> {
  draft: Draft
  clashes: Clash[]
}

/** What the merge has to know of a kind of draft, which holds texts, and rows of texts in lists. */
export interface Layout {
  /** The lists, by their key in the draft, with what they are called. */
  lists: Readonly<Record<string, string>>
  /** What a row is apart from what is typed in it: lists that differ in it were rearranged. */
  kindOf?: (row: object) => string
  /** Keys that hold what was there before, not what is typed. */
  untyped?: readonly string[]
  /** Where a leaf or a list of the draft stands inside the content. */
  placeOf: (keys: readonly string[]) => string
  /** What a text that stands for a choice says, by the last key of its leaf. */
  words?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

type Leaves = Map<string, { keys: string[]; text: string }>
type Rows = readonly object[]

/**
 * Puts what one person typed since they read a record over what another one saved
 * meanwhile. What only one of them touched is taken as it is; where both did, theirs
 * stands until the person chooses.
 */
export function merge<Draft extends object>(
  layout: Layout,
  base: Draft,
  mine: Draft,
  theirs: Draft,
): Merged<Draft> {
  const draft = JSON.parse(JSON.stringify(theirs)) as Draft
  const clashes: Clash[] = []
  const shapes = (list: string) => [base, mine, theirs].map((one) => shapeOf(layout, rowsOf(one, list)))
  const whole = Object.keys(layout.lists).filter((list) => new Set(shapes(list)).size > 1)
  for (const list of whole) mergeList(layout, list, base, mine, draft, clashes)
  const [was, other] = [leavesOf(layout, base), leavesOf(layout, theirs)]
  for (const [path, { keys, text }] of leavesOf(layout, mine)) {
    const before = was.get(path)?.text
    const theirText = other.get(path)?.text ?? ''
    if (whole.includes(keys[0] ?? '') || text === before || text === theirText) continue
    if (theirText === before) put(draft, keys, text)
    else {
      const said = (one: string) => layout.words?.[keys[keys.length - 1] ?? '']?.[one] ?? one
      clashes.push({ place: layout.placeOf(keys), keys, mine: said(text), theirs: said(theirText) })
    }
  }
  return { draft, clashes }
}

function mergeList(
  layout: Layout,
  list: string,
  base: object,
  mine: object,
  draft: object,
  clashes: Clash[],
): void {
  const [was, is = '', other = ''] = [base, mine, draft].map((one) => told(layout, rowsOf(one, list)))
  if (is === was || is === other) return
  if (other === was) take(draft, mine, [list])
  else
    clashes.push({
      place: layout.placeOf([list]),
      label: layout.lists[list] ?? '',
      keys: [list],
      mine: is,
      theirs: other,
    })
}

/** Takes one person's text, or list, at a place of a clash. */
export function choose(draft: object, mine: object, clash: Clash): void {
  take(draft, mine, clash.keys)
}

function take(draft: object, from: object, keys: readonly string[]): void {
  put(
    draft,
    keys,
    keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], from),
  )
}

function put(draft: object, keys: readonly string[], value: unknown): void {
  let node = draft as Record<string, unknown>
  for (const key of keys.slice(0, -1)) node = node[key] as Record<string, unknown>
  node[keys[keys.length - 1] ?? ''] = value
}

function rowsOf(draft: object, list: string): Rows {
  return (draft as Record<string, Rows>)[list] ?? []
}

/** Which rows a list has, in their order. */
function shapeOf({ kindOf = () => '' }: Layout, rows: Rows): string {
  return JSON.stringify(rows.map(kindOf))
}

/** What a list says, a line for each row. */
function told(layout: Layout, rows: Rows): string {
  const said = ({ keys, text }: { keys: string[]; text: string }) =>
    layout.words?.[keys[keys.length - 1] ?? '']?.[text] ?? text
  return rows
    .map((row) => Array.from(leavesOf(layout, row).values(), (leaf) => said(leaf) || '—').join('，'))
    .join('\n')
}

function leavesOf({ untyped = [] }: Layout, value: object): Leaves {
  const found: Leaves = new Map()
  const walk = (node: object, above: string[]) => {
    for (const [key, child] of Object.entries(node)) {
      if (untyped.includes(key)) continue
      const keys = [...above, key]
      if (typeof child === 'string') found.set(keys.join('\n'), { keys, text: child })
      else if (typeof child === 'object' && child !== null) walk(child as object, keys)
    }
  }
  walk(value, [])
  return found
}
