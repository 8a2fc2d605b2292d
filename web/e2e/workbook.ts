import { crc32, inflateRawSync } from 'node:zlib'

interface Part {
  name: string
  content: Buffer
}

const local = 0x04034b50
const central = 0x02014b50
const end = 0x06054b50

/** A workbook as if somebody had typed other texts into its cells. Each text must stand there. */
export function retyped(workbook: Buffer, texts: Record<string, string>): Buffer {
  const parts = partsOf(workbook)
  const strings = parts.find(({ name }) => name === 'xl/sharedStrings.xml')
  if (!strings) throw new Error('the workbook has no texts')
  let xml = strings.content.toString('utf8')
  for (const [before, after] of Object.entries(texts)) {
    if (!xml.includes(`>${before}<`)) throw new Error(`the workbook doesn't say ${before}`)
    xml = xml.replace(`>${before}<`, `>${after}<`)
  }
  strings.content = Buffer.from(xml)
  return archiveOf(parts)
}

function partsOf(archive: Buffer): Part[] {
  const parts: Part[] = []
  const last = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  let at = archive.readUInt32LE(last + 16)
  while (archive.readUInt32LE(at) === central) {
    const [method, size] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)]
    const [named, extra, said] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as number[]
    const head = archive.readUInt32LE(at + 42)
    const begins = head + 30 + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
    const packed = archive.subarray(begins, begins + size)
    const name = archive.toString('utf8', at + 46, at + 46 + (named ?? 0))
    parts.push({ name, content: method === 8 ? inflateRawSync(packed) : Buffer.from(packed) })
    at += 46 + (named ?? 0) + (extra ?? 0) + (said ?? 0)
  }
  return parts
}

/** Packs without compression, which every reader takes. */
function archiveOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const { name, content } of parts) {
    const shared = Buffer.alloc(26) // from the version needed on, as both heads have it
    shared.writeUInt16LE(20, 0)
    shared.writeUInt32LE(crc32(content), 10)
    shared.writeUInt32LE(content.length, 14)
    shared.writeUInt32LE(content.length, 18)
    shared.writeUInt16LE(Buffer.byteLength(name), 22)
    const body = Buffer.concat([word(local), shared, Buffer.from(name), content])
    const tail = Buffer.alloc(14) // no comment, first disk, no attributes
    tail.writeUInt32LE(offset, 10)
    entries.push(Buffer.concat([word(central), Buffer.from([20, 0]), shared, tail, Buffer.from(name)]))
    bodies.push(body)
    offset += body.length
  }
  const directory = Buffer.concat(entries)
  const closing = Buffer.alloc(18)
  closing.writeUInt16LE(parts.length, 4)
  closing.writeUInt16LE(parts.length, 6)
  closing.writeUInt32LE(directory.length, 8)
  closing.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, directory, word(end), closing])
}

function word(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}
