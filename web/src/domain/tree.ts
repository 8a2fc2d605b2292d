/** A second-level indicator (二级指标) with the first level that it stands under. */
export interface Branch {
  level1: string
  level2: string
  name1: string
  name2: string
}

interface Level {
  key: string
  name: string
  children?: readonly Level[] | null | undefined
}

/** Lists the second levels of a year's tree in the order of the form. */
export function branchesOf(levels: readonly Level[]): Branch[] {
  return levels.flatMap((first) =>
    (first.children ?? []).map((second) => ({
      level1: first.key,
      level2: second.key,
      name1: first.name,
      name2: second.name,
    })),
  )
}

/** A row of the form with its index in the list of rows, which is what findings and remarks name. */
export interface Placed<Row> {
  row: Row
  index: number
}

export interface Group<Row> {
  branch: Branch
  rows: Placed<Row>[]
}

/** Puts rows under the levels of the tree. A row of another tree gets a group of its own at the end, so
 * that nothing that was filed disappears. */
export function groupsOf<Row extends { level1: string; level2: string }>(
  branches: readonly Branch[],
  rows: readonly Row[],
): Group<Row>[] {
  const groups: Group<Row>[] = branches.map((branch) => ({ branch, rows: [] }))
  rows.forEach((row, index) => {
    let group = groups.find(({ branch }) => branch.level1 === row.level1 && branch.level2 === row.level2)
    if (!group) {
      const branch = { level1: row.level1, level2: row.level2, name1: row.level1, name2: row.level2 }
      group = { branch, rows: [] }
      groups.push(group)
    }
    group.rows.push({ row, index })
  })
  return groups
}

/** How many printed rows each first level takes; a group without rows prints an empty one. */
export function spanOfLevel1<Row>(groups: readonly Group<Row>[], level1: string): number {
  return groups
    .filter(({ branch }) => branch.level1 === level1)
    .reduce((sum, { rows }) => sum + Math.max(rows.length, 1), 0)
}
