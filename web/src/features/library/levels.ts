import { computed } from 'vue'
import { api, call } from '@/api/client'
import { usePlaces } from '@/app/places'
import { useLoad } from '@/components/load'
import { branchesOf } from '@/domain/tree'
import type { Branch } from '@/domain/tree'

/** The second levels of a region's newest tree, and the names of all trees' levels. */
export function useLevels(region: () => string) {
  const places = usePlaces()
  const trees = useLoad(async () => {
    await places.ensure()
    const keys = [...new Set(places.years.map(({ treeKey }) => treeKey))]
    const read = (key: string) => call(api.GET('/indicator-trees/{key}', { params: { path: { key } } }))
    return new Map(
      await Promise.all(keys.map(async (key) => [key, branchesOf((await read(key)).levels)] as const)),
    )
  })

  const branches = computed<Branch[]>(() => {
    const years = places.years.filter((one) => one.region === region())
    const newest = years.reduce(
      (last, one) => (one.year > last.year ? one : last),
      years[0] ?? { year: 0, treeKey: '' },
    )
    return trees.data.value?.get(newest.treeKey) ?? []
  })

  /** A place in a tree as people read it; where no tree has it, as it is kept. */
  function nameOf(level1: string, level2: string): string {
    const all = Array.from(trees.data.value?.values() ?? []).flat()
    const found = all.find((one) => one.level1 === level1 && one.level2 === level2)
    return found ? `${found.name1} › ${found.name2}` : `${level1} › ${level2}`
  }

  return { branches, nameOf }
}
