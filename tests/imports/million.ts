import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '#tests/support/shell.ts'

/**
 * Imports a million rows into books of their own and verifies them, and says how fast and with how much memory. Takes
 * minutes, so it runs only by hand: bun tests/imports/million.ts [ROWS]. Fails where either takes more memory than it
 * may, or where bin/verify finds a difference.
 */
const rows = process.argv[2] ?? '1000000'
const MAX_MEGABYTES = { import: 300, verify: 220 }
const LOOK_EVERY_MS = 200

const folder = mkdtempSync(join(tmpdir(), 'million-'))
const file = join(folder, 'ledger.csv')
const environment = { ...process.env, TZ: 'UTC', DATABASE_URL: '', DATA_DIR: join(folder, 'data') }
const say = (line: string) => process.stdout.write(`${line}\n`)

process.exitCode = 1
try {
  run(process.execPath, ['tests/support/make-ledger.mjs', '--rows', rows, '--out', file])
  const imported = await measure(['src/imports/command.ts', file])
  tell('imported', imported)
  const verified = await measure(['src/ledger/verify-command.ts'])
  tell('verified', verified)
  const isSmall =
    imported.megabytes < MAX_MEGABYTES.import && verified.megabytes < MAX_MEGABYTES.verify
  process.exitCode = isSmall ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function tell(done: string, { seconds, megabytes }: Measured): void {
  const rate = Math.round(Number(rows) / seconds)
  say(`${rows} rows ${done} in ${seconds.toFixed(1)} s: ${rate} rows/s, at most ${megabytes} MB`)
}

type Measured = { seconds: number; megabytes: number }

/** Throws an Error where the program fails. */
async function measure(words: string[]): Promise<Measured> {
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
