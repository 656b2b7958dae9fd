import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '#tests/support/shell.ts'

/**
 * Imports a million rows into books of their own and says how fast and with how much memory. Takes minutes, so it
 * runs only by hand: bun tests/imports/million.ts [ROWS]. Fails over 300 MB, or where bin/verify finds a difference.
 */
const rows = process.argv[2] ?? '1000000'
const MAX_MEGABYTES = 300
const LOOK_EVERY_MS = 200

const folder = mkdtempSync(join(tmpdir(), 'million-'))
const file = join(folder, 'ledger.csv')
const environment = { ...process.env, TZ: 'UTC', DATABASE_URL: '', DATA_DIR: join(folder, 'data') }
const say = (line: string) => process.stdout.write(`${line}\n`)

process.exitCode = 1
try {
  run(process.execPath, ['tests/support/make-ledger.mjs', '--rows', rows, '--out', file])
  const { seconds, megabytes } = await measure(['src/imports/command.ts', file])
  say(`${rows} rows in ${seconds.toFixed(1)} s: ${Math.round(Number(rows) / seconds)} rows/s`)
  say(`peak memory of the importing process: ${megabytes} MB`)
  await measure(['src/ledger/verify-command.ts'])
  process.exitCode = megabytes < MAX_MEGABYTES ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Throws an Error where the program fails. */
async function measure(words: string[]): Promise<{ seconds: number; megabytes: number }> {
  const start = performance.now()
  const child = spawn(process.execPath, words, { env: environment, stdio: 'inherit' })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, readPeakKilobytes(child.pid))
  }, LOOK_EVERY_MS)
  const [code] = await once(child, 'exit')
  clearInterval(look)
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - start) / 1000, megabytes: Math.ceil((peak * 1024) / 1e6) }
}

/** The most memory that the process has had so far; 0 where it has just ended. */
function readPeakKilobytes(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
