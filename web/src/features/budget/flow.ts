import type { components } from '@/api/schema'

export type FundFlow = components['schemas']['FundFlow']

/** An end of the flow as it is drawn: a bar with its label. */
export interface FlowNode {
  key: string
  name: string
  amount: string
  y: number
  height: number
  label: number // the middle of the label's line
}

/** A band from a source to a function: its edges on both sides, and how wide it is. */
export interface FlowBand {
  key: string
  source: number // its place among the sources
  from: number
  to: number
  width: number
}

export interface FlowDrawing {
  sources: FlowNode[]
  functions: FlowNode[]
  bands: FlowBand[]
  height: number
}

const line = 24 // of a label: no bar takes less room
const tall = 320 // of all the money
const gap = 10

/** For drawing alone; what is read stands in the table. */
function sizeOf(amount: string): number {
  return Math.max(0, Number(amount))
}

/** Places bars and bands. All amounts are the server's. */
export function drawingOf({ sources, functions, total }: FundFlow): FlowDrawing {
  const scale = tall / (sizeOf(total) || 1)
  const left = column(
    sources.map(({ key, name, amount }) => ({ key, name, amount })),
    scale,
  )
  const right = column(
    functions.map(({ code, name, amount }) => ({ key: code, name: name || code, amount })),
    scale,
  )
  const fromY = left.map(({ y }) => y)
  const bands: FlowBand[] = []
  functions.forEach((of, j) => {
    let to = right[j]?.y ?? 0
    of.amounts.forEach((amount, i) => {
      const width = sizeOf(amount) * scale
      const from = fromY[i] ?? 0
      if (width > 0) bands.push({ key: `${sources[i]?.key}-${of.code}`, source: i, from, to, width })
      fromY[i] = from + width
      to += width
    })
  })
  return { sources: left, functions: right, bands, height: Math.max(bottom(left), bottom(right)) }
}

function column(ends: { key: string; name: string; amount: string }[], scale: number): FlowNode[] {
  let y = 0
  return ends.map((end) => {
    const height = Math.max(1, sizeOf(end.amount) * scale)
    const room = Math.max(height, line)
    const node = { ...end, y: y + (room - height) / 2, height, label: y + room / 2 }
    y += room + gap
    return node
  })
}

function bottom(nodes: readonly FlowNode[]): number {
  return Math.max(0, ...nodes.map(({ y, height, label }) => Math.max(y + height, label + line / 2)))
}
