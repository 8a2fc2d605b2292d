/** A value after folding, one character an element: half-width, one sign for each operator, no idle spaces. */
export type Line = readonly string[]

/** Gives the character at i, or '' beyond either end. */
export function at(s: Line, i: number): string {
  return s[i] ?? ''
}

/** Gives the rest from i; beyond the end it's empty. */
export function from(s: Line, i: number): Line {
  return s.slice(Math.max(i, 0))
}

export function has(s: Line, i: number, word: string): boolean {
  for (const r of word) {
    if (at(s, i) !== r) return false
    i++
  }
  return true
}

export function textOf(s: Line): string {
  return s.join('')
}

/** Says whether r is one of the characters; the '' beyond a line's end is none of any. */
export function oneOf(characters: string, r: string): boolean {
  return r !== '' && characters.includes(r)
}

export function containsAny(s: Line, characters: string): boolean {
  return s.some((r) => characters.includes(r))
}

export function hasDigit(s: Line): boolean {
  return s.some(isDigit)
}

export function isDigit(r: string): boolean {
  return r >= '0' && r <= '9' && r.length === 1
}

export function isLetter(r: string): boolean {
  return r.length === 1 && ((r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z'))
}

const han = /^\p{Script=Han}$/u

export function isHan(r: string): boolean {
  return han.test(r)
}

/** Tells operator signs after folding; ≠ stands for a mixture nobody can read. */
export function isSign(r: string): boolean {
  return oneOf('≥≤><=≠', r)
}

/** The same sign drawn differently on the forms of different regions. */
const variants = signTable({
  '≥': '≧⩾≽≮',
  '≤': '≦⩽≼≯',
  '>': '﹥〉›⟩',
  '<': '﹤〈‹⟨',
  '=': '═﹦',
  '≈': '≒≅',
  '%': '﹪٪',
  '¥': '￥',
  '-': '—–―−﹣‐‑‒─',
  '~': '〜∼∽˜',
  ':': '﹕∶︰',
  '·': '•‧∙⋅・･●',
  '×': '✕✖╳',
  '(': '﹙【[「『{',
  ')': '﹚】]」』}',
  ',': '﹐',
  '.': '﹒',
  '*': '﹡∗',
  '+': '﹢',
  '/': '∕⁄',
  '、': '﹑､',
  ';': '﹔',
  '。': '｡',
})

function signTable(groups: Record<string, string>): Map<string, string> {
  const table = new Map<string, string>()
  for (const [sign, others] of Object.entries(groups)) {
    for (const other of others) table.set(other, sign)
  }
  return table
}

const carriesNothing = new Set('\u200b\u200c\u200d\u2060\ufeff\u00ad"\'\u201c\u201d\u2018\u2019')
const spaces = /^[\p{White_Space}\p{Cc}]$/u

/** Folds one character; '' means that it carries nothing. */
function halfWidth(r: string): string {
  const code = r.codePointAt(0) ?? 0
  if (code >= 0xff01 && code <= 0xff5e) r = String.fromCodePoint(code - 0xfee0)
  if (carriesNothing.has(r)) return ''
  return spaces.test(r) ? ' ' : (variants.get(r) ?? r)
}

/** Brings a value into the one spelling that the grammar reads. */
export function fold(text: string): Line {
  const s = Array.from(text, halfWidth).filter((r) => r !== '')
  if (isDigit(at(s, 1)) || isSign(at(s, 1))) {
    // Book-title marks typed or scanned for the operators.
    if (s[0] === '》') s[0] = '>'
    if (s[0] === '《') s[0] = '<'
  }
  return joinSigns(dropSpaces(s))
}

/** Keeps a space only where it parts two latin words or numbers, and closes it where it groups thousands ("1 500"). */
function dropSpaces(s: Line): Line {
  const out: string[] = []
  s.forEach((r, i) => {
    if (r !== ' ') {
      out.push(r)
      return
    }
    const next = nextInk(s, i)
    const before = at(out, out.length - 1)
    if (before === '' || next === s.length || before === ' ') return
    const after = at(s, next)
    const partsNumber = isLetter(before) || (isDigit(before) && !groupsThousands(s, i, next))
    if ((isDigit(after) && partsNumber) || (isLetter(before) && isLetter(after))) out.push(' ')
  })
  return out
}

function nextInk(s: Line, i: number): number {
  while (at(s, i) === ' ') i++
  return i
}

/** One to three digits before the spaces, exactly three after them. */
function groupsThousands(s: Line, gap: number, next: number): boolean {
  while (at(s, gap - 1) === ' ') gap--
  let head = 0
  let tail = 0
  while (isDigit(at(s, gap - 1 - head))) head++
  while (isDigit(at(s, next + tail))) tail++
  return head >= 1 && head <= 3 && tail === 3
}

/** Makes one operator of a run of signs: ">=", "=>" and "≥=" are all ≥. */
function joinSigns(s: Line): Line {
  const out: string[] = []
  for (let i = 0; i < s.length;) {
    let j = i
    while (isSign(at(s, j))) j++
    out.push(j > i ? signOf(s.slice(i, j)) : at(s, i))
    i = Math.max(j, i + 1)
  }
  return out
}

function signOf(run: Line): string {
  const up = containsAny(run, '>≥')
  const down = containsAny(run, '<≤')
  const equal = containsAny(run, '=≥≤')
  if ((up && down) || run.includes('≠')) return '≠'
  if (up) return equal ? '≥' : '>'
  if (down) return equal ? '≤' : '<'
  return '='
}
