import type { FormDraft } from './draft'

/** A place where two people wrote different things over the same. */
export interface Clash {
  /** Inside the content, as the server's differences name it; a list that was rearranged counts as one. */
  place: string
  mine: string
  theirs: string
}

export interface Merged {
  draft: FormDraft
  clashes: Clash[]
}

type Leaves = Map<string, string>

const lists = ['budget', 'indicators'] as const

/**
 * Puts what one person typed since they read a form over what another one saved
 * meanwhile. What only one of them touched is taken as it is; where both did, theirs
 * stands until the person chooses.
 */
export function merge(base: FormDraft, mine: FormDraft, theirs: FormDraft): Merged {
  const draft = JSON.parse(JSON.stringify(theirs)) as FormDraft
  const clashes: Clash[] = []
  const whole = lists.filter(
    (list) => shape(base[list]) !== shape(mine[list]) || shape(base[list]) !== shape(theirs[list]),
  )
  for (const list of whole) mergeList(list, base, mine, draft, clashes)
  const [was, is, other] = [leaves(base), leaves(mine), leaves(theirs)]
  for (const [path, text] of is) {
    if (
      whole.some((list) => path.startsWith(`${list}.`)) ||
      text === was.get(path) ||
      text === other.get(path)
    )
      continue
    const theirText = other.get(path) ?? ''
    if (theirText === was.get(path)) put(draft, path, text)
    else clashes.push({ place: placeOfLeaf(path), mine: text, theirs: theirText })
  }
  return { draft, clashes }
}

function mergeList(
  list: (typeof lists)[number],
  base: FormDraft,
  mine: FormDraft,
  draft: FormDraft,
  clashes: Clash[],
): void {
  const [was, is, other] = [base, mine, draft].map((one) => told(one[list]))
  if (is === was || is === other) return
  if (other === was) Object.assign(draft, { [list]: mine[list] })
  else clashes.push({ place: list === 'budget' ? list : `form.${list}`, mine: is ?? '', theirs: other ?? '' })
}

/** Takes one person's text at a place of a clash. */
export function choose(draft: FormDraft, mine: FormDraft, clash: Clash): void {
  const list = lists.find((one) => clash.place === one || clash.place === `form.${one}`)
  if (list) Object.assign(draft, { [list]: mine[list] })
  else put(draft, leafOfPlace(clash.place), clash.mine)
}

/** Which rows a list has, in their order. */
function shape(rows: readonly object[]): string {
  return JSON.stringify(rows.map((row) => ('level2' in row ? row.level2 : '')))
}

/** What a list says, without what is only of this page. */
function told(rows: readonly object[]): string {
  return rows.map((row) => Array.from(leaves(row).values(), (text) => text || '—').join('，')).join('\n')
}

function leaves(value: object): Leaves {
  const found: Leaves = new Map()
  const walk = (node: object, path: string) => {
    for (const [key, child] of Object.entries(node)) {
      if (typeof child === 'string') found.set(path + key, child)
      else if (typeof child === 'object' && child !== null) walk(child as object, `${path}${key}.`)
    }
  }
  walk(value, '')
  return found
}

function put(draft: FormDraft, path: string, text: string): void {
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  let node = draft as unknown as Record<string, unknown>
  for (const key of keys) node = node[key] as Record<string, unknown>
  node[last] = text
}

const ofProject = new Set(['projectName', 'functionCode', 'nature', 'category', 'budget'])

/** indicators.3.annual.value stands at form.indicators[3].annual.value. */
function placeOfLeaf(path: string): string {
  const indexed = path.replace(/\.(\d+)(?=\.|$)/g, '[$1]').replace(/\.stated$/, '.total')
  if (indexed === 'projectName') return 'name'
  return ofProject.has(path.split('.')[0] ?? '') ? indexed : `form.${indexed}`
}

function leafOfPlace(place: string): string {
  if (place === 'name') return 'projectName'
  return place
    .replace(/^form\./, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(/\.total$/, '.stated')
}
