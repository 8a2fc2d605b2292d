/** A stretch of two texts: in both, in the old one alone, or in the new one alone. */
export interface Stretch {
  kind: 'same' | 'old' | 'new'
  text: string
}

const pieces = /\d[\d,.]*%?|\n|[^\d\n]+/g

/**
 * Tells what changed from one text to another, number by number and line by line, so
 * that a reader sees the figure that moves in a sentence that stays.
 */
export function stretches(before: string, after: string): Stretch[] {
  const old: string[] = before.match(pieces) ?? []
  const now: string[] = after.match(pieces) ?? []
  const lengths = commonLengths(old, now)
  const found: Stretch[] = []
  const add = (kind: Stretch['kind'], text = '') => {
    const last = found[found.length - 1]
    if (last?.kind === kind) last.text += text
    else found.push({ kind, text })
  }
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add('same', old[i++])
      j++
    } else if (i < old.length && (j === now.length || at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      add('old', old[i++])
    } else {
      add('new', now[j++])
    }
  }
  return found
}

/** How many pieces the rests of both lists have in common, by where the rests begin. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--) {
    const row = lengths[i] as number[]
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] =
        old[i] === now[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

function at(lengths: readonly number[][], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}

/** Shortens what stays the same between changes, of which a reader needs the neighbourhood alone. */
export function shortened(found: readonly Stretch[], around = 24): Stretch[] {
  return found.map(({ kind, text }, i) => {
    if (kind !== 'same' || text.length <= 2 * around + 2) return { kind, text }
    const head = i === 0 ? '' : text.slice(0, around)
    const tail = i === found.length - 1 ? '' : text.slice(-around)
    return { kind, text: `${head}…${tail}` }
  })
}
