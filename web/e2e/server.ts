import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FullConfig } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const demo = join(root, 'scripts', 'demo')

/** The address of the server of a worker of the tests, which is the only one to use it. */
export function addressOf(worker = process.env['TEST_PARALLEL_INDEX'] ?? '0'): string {
  return process.env[`BIAOCHI_URL_${worker}`] ?? ''
}

/** Builds the real program once and starts it once for each worker of the tests. */
export default async function start({ workers }: Pick<FullConfig, 'workers'>): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'biaochi-e2e-'))
  const binary = join(folder, 'biaochi')
  execFileSync('go', ['build', '-buildvcs=false', '-o', binary, '.'], {
    cwd: root,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: 'inherit',
  })
  const stops = await Promise.all(
    Array.from({ length: workers }, (_, worker) => serve(binary, folder, String(worker))),
  )
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Serves a database of its own, with the demo packages and demo accounts, on a port of its own. */
async function serve(binary: string, folder: string, worker: string): Promise<() => Promise<void>> {
  const own = join(folder, worker)
  mkdirSync(own)
  const database = `sqlite:${join(own, 'e2e.db')}`
  const packages = readdirSync(demo)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(demo, name))
  packages.push(faulty(own), past(own))
  const approved = ['--approved', '--reason', '浏览器测试']
  execFileSync(binary, ['import', '--database', database, ...approved, ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const server = spawn(binary, ['serve', '--database', database, '--listen', '127.0.0.1:0', '--demo'], {
    cwd: own, // where attachments go
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.env[`BIAOCHI_URL_${worker}`] = await addressIn(server)
  return async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await gone
  }
}

/** A year of a unit before the demo year whose income isn’t its expenditure: its document has errors. */
function faulty(folder: string): string {
  const pack = JSON.parse(readFileSync(join(demo, 'unit-701002-2024.json'), 'utf8')) as {
    year: number
    revenues: { amount: string }[]
  }
  pack.year = 2022
  const first = pack.revenues[0]
  if (first) first.amount = '123456.00'
  const path = join(folder, 'faulty.json')
  writeFileSync(path, JSON.stringify(pack))
  return path
}

/** A year of a unit long before the demo year, with a target for all its money: it can be evaluated. */
function past(folder: string): string {
  const text = readFileSync(join(demo, 'unit-701001-2024.json'), 'utf8').replace(/2024/g, '2021')
  const wholeUnitTarget = {
    annualGoal: '完成全年教学任务。',
    indicators: [
      { level1: 'output', level2: 'quantity', annual: { name: '资助学生人次', value: '≥500人次' } },
      { level1: 'benefit', level2: 'social', annual: { name: '办学水平', value: '明显提高' } },
    ],
  }
  const path = join(folder, 'past.json')
  writeFileSync(path, JSON.stringify({ ...JSON.parse(text), wholeUnitTarget }))
  return path
}

/** The address that a server tells once it listens. */
function addressIn(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
      if (address) resolve(address)
    }
    server.stdout?.on('data', read)
    server.stderr?.on('data', read)
    server.once('exit', () => reject(new Error(`the server did not start:\n${output}`)))
  })
}
