import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onStop } from '#src/database/embedded/signals.ts'
import {
  acquirePrivateServer,
  type PrivateServer,
  type ServerProgram,
} from '#src/database/embedded.ts'
import { scan } from '#tests/scan/scan.ts'
import { fetchChromium64 } from '#tests/support/chromium-64.ts'
import { type Count, check, countOf, NOTHING, plus, runTests } from '#tests/support/count.ts'
import type { EngineName } from '#tests/support/engines.ts'
import { ensureBrowsers } from '#tests/support/machine.ts'
import { fetchMysql } from '#tests/support/mysql-server.ts'

const HELP = `bin/test            types, lint, all tests on MariaDB and on MySQL, and the tests in browsers
bin/test FILTER…    only the test files whose path contains a filter, on MariaDB (TEST_ENGINE=mysql: on MySQL)
bin/test --scan     sqlmap and wapiti against a started app, signed in as an admin (about half an hour)
`
const say = (line: string) => process.stdout.write(`${line}\n`)
const heading = (line: string) => say(`\n== ${line}`)

async function main(filters: string[]): Promise<number> {
  if (filters.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(HELP)
    return 0
  }
  if (filters.includes('--scan')) return scanned()
  const count = filters.length > 0 ? await attempt(() => someTests(filters)) : await everything()
  say(countOf(count))
  return count.failed === 0 && count.passed > 0 ? 0 : 1
}

async function scanned(): Promise<number> {
  const findings = await scan(say)
  say(`${findings} findings`)
  return findings === 0 ? 0 : 1
}

async function someTests(filters: string[]): Promise<Count> {
  if (filters.some((filter) => filter.includes('browser'))) getBrowsers()
  if (process.env.TEST_ENGINE !== 'mysql') return onServer('mariadb', undefined, filters)
  return onServer('mysql', fetchMysql(), filters)
}

async function everything(): Promise<Count> {
  const browserTests = testFiles().filter((file) => file.includes('/browser/'))
  const otherTests = testFiles().filter((file) => !file.includes('/browser/'))
  heading('Types')
  const types = plus(
    await check(['node_modules/typescript/bin/tsc', '--noEmit']),
    await check(['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'public']),
  )
  heading('Lint')
  const lint = await check([
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--max-diagnostics=50',
  ])
  heading('Unit and HTTP tests on MariaDB')
  const onMariadb = await attempt(() => onServer('mariadb', undefined, otherTests))
  heading('Unit and HTTP tests on MySQL')
  const mysql = mysqlOrNothing()
  const onMysql = mysql
    ? await attempt(() => onServer('mysql', mysql, otherTests))
    : { ...NOTHING, skipped: onMariadb.passed + onMariadb.failed }
  heading('Tests in browsers')
  const inBrowsers = await attempt(async () => {
    getBrowsers()
    return onServer('mariadb', undefined, browserTests)
  })

  const parts = { types, lint, 'on MariaDB': onMariadb, 'on MySQL': onMysql, browsers: inBrowsers }
  heading('Summary')
  for (const [name, part] of Object.entries(parts)) say(`${name.padEnd(12)}${countOf(part)}`)
  return Object.values(parts).reduce(plus, NOTHING)
}

/** With the leading "./", which tells bun that a path is meant and no filter. */
const testFiles = (): string[] =>
  globSync('tests/**/*.test.{ts,tsx}')
    .map((file) => `./${file}`)
    .sort()

/** What could not even be begun counts as one failure, and the rest is still run. */
async function attempt(part: () => Promise<Count>): Promise<Count> {
  try {
    return await part()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return { ...NOTHING, failed: 1 }
  }
}

function mysqlOrNothing(): ServerProgram | undefined {
  try {
    return fetchMysql()
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n')
    say(`No MySQL can be had on this machine, so its tests are skipped: ${reason}`)
    return undefined
  }
}

function getBrowsers(): void {
  ensureBrowsers(say)
  fetchChromium64()
}

/** Runs test files on a server of their own, which is thrown away afterwards. */
async function onServer(
  engine: EngineName,
  program: ServerProgram | undefined,
  files: string[],
): Promise<Count> {
  if (files.length === 0) throw new Error('there is not one test file')
  const dataDir = mkdtempSync(join(tmpdir(), 'bbm-test-'))
  // Others may pass through, so that the account "mysql" can serve from it.
  chmodSync(dataDir, 0o711)
  let server: PrivateServer | undefined
  const cleanUp = async () => {
    await server?.release()
    rmSync(dataDir, { recursive: true, force: true })
  }
  const unwatch = onStop(cleanUp)
  try {
    const choice = program ? { program } : {}
    server = await acquirePrivateServer({ dataDir, say, durability: 'relaxed', ...choice })
    return await runTests(files, { TEST_ENGINE: engine, TEST_DATABASE_URL: server.migrationUrl })
  } finally {
    unwatch()
    await cleanUp()
  }
}

process.exit(await main(process.argv.slice(2)))
