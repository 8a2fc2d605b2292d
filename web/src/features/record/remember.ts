import { computed } from 'vue'
import type { ComputedRef } from 'vue'

/** Gives what is made of a row, made anew only when something that it was made of has changed: a key
 * changes one row of many. Of a row that isn't reactive it is made once. */
export function remember<Row extends object, Made>(make: (row: Row) => Made): (row: Row) => Made {
  const known = new WeakMap<Row, ComputedRef<Made>>()
  return (row) => {
    const made = known.get(row) ?? computed(() => make(row))
    known.set(row, made)
    return made.value
  }
}
