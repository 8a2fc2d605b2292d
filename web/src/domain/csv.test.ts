// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { csvOf } from './csv'

async function text(rows: string[][]): Promise<string> {
  const reader = new FileReader()
  const read = new Promise((resolve) => reader.addEventListener('load', resolve))
  reader.readAsText(csvOf(rows))
  await read
  return String(reader.result)
}

it('quotes what would break a row', async () => {
  expect(await text([['甲', 'a,b', 'say "x"', '两\n行']])).toBe('甲,"a,b","say ""x""","两\n行"\r\n')
})

it('keeps texts from becoming formulas, and figures figures', async () => {
  expect(await text([['=1+1', '-5', '-12.50', '-甲', '@x']])).toBe("'=1+1,-5,-12.50,'-甲,'@x\r\n")
})
