import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { openSession } from '#src/auth/sessions.ts'
import { signAccessToken } from '#src/auth/tokens.ts'
import { prepareCompany } from '#src/company.ts'
import { readConfig } from '#src/config.ts'
import { connectionOptions, openDatabase } from '#src/database/client.ts'
import { prepareDatabase } from '#src/database/prepare.ts'
import type { System } from '#src/system.ts'
import { hire, type Name } from '#tests/support/cast.ts'
import { type Client, createClient, ORIGIN } from '#tests/support/client.ts'
import { rootDatabaseUrl, testAddresses, testDatabaseUrl } from '#tests/support/database.ts'

/** Monday 23 November 2026, 14.05 WITA. */
export const START = new Date('2026-11-23T06:05:00.000Z')
export { ORIGIN }
export const SECRET = 'rahasia-yang-hanya-untuk-percobaan-ini'
const HOME = { address: '127.0.0.1', userAgent: 'tests' }

export type Depot = Awaited<ReturnType<typeof openDepot>>

export type EmptyDepot = Awaited<ReturnType<typeof emptyDepot>>

/** The tables without a row in them, and a clock that stands. `root` may do what the app's own account is refused. */
export async function emptyDepot() {
  prepared ??= prepareDatabase(testAddresses(), refuse)
  await prepared
  await deleteRows(rootDatabaseUrl())
  const database = openDatabase(testDatabaseUrl())
  const root = openDatabase(rootDatabaseUrl())
  const clock = { now: START }
  // Made only where something is kept in it.
  const dataDir = join(tmpdir(), `bbm-depot-${randomUUID()}`)
  const config = readConfig({ PUBLIC_ORIGIN: ORIGIN, NODE_ENV: 'test', DATA_DIR: dataDir })
  const system: System = {
    db: database.db,
    now: () => clock.now,
    config: { ...config, databaseUrl: testDatabaseUrl(), jwtSecret: SECRET },
  }
  return { system, database, root, clock }
}

/** Once a test file: it takes longer than most tests. */
let prepared: Promise<void> | undefined

function refuse(warning: string): never {
  throw new Error(warning)
}

/** A depot with its two locations, its cast and empty books, on the database of this test file. */
export async function openDepot() {
  const { system, database, root, clock } = await emptyDepot()
  await prepareCompany(system)
  const ids = await hire(system.db, START)
  const lines: Record<string, unknown>[] = []
  const app = createApp(system, memoryLog(lines))
  return {
    system,
    db: system.db,
    database,
    /** The books as root: for tampering, and for breaking what the app's account cannot. */
    root,
    app,
    clock,
    ids,
    /** What the request log said. */
    lines,
    visit: (): Client => createClient(app),
    /** A client that has just signed in, without the wait for the password. */
    async signIn(name: Name): Promise<Client> {
      const { sessionId, refreshToken } = await openSession(system, ids[name], HOME)
      const access = await signAccessToken(system, sessionId)
      return createClient(
        app,
        new Map([
          ['bbm_access_4111', access],
          ['bbm_refresh_4111', refreshToken],
        ]),
      )
    },
    /** The same depot under another configuration. */
    reconfigured: (changes: Partial<System['config']>) =>
      createApp({ ...system, config: { ...system.config, ...changes } }, memoryLog(lines)),
    /** Moves the clock on. */
    pass(time: { minutes?: number; hours?: number; days?: number; seconds?: number }): void {
      const { days = 0, hours = 0, minutes = 0, seconds = 0 } = time
      const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
      clock.now = new Date(clock.now.getTime() + total * 1000)
    },
    async close(): Promise<void> {
      rmSync(system.config.dataDir, { recursive: true, force: true })
      await root.close()
      await database.close()
    },
  }
}

/** The tables of an earlier depot are used again: making them takes longer than most tests. */
async function deleteRows(url: string): Promise<void> {
  const connection = await createConnection(connectionOptions(url))
  const [tables] = await connection.query<RowDataPacket[]>(
    `select table_name as name from information_schema.tables
     where table_schema = database() and table_name <> 'schema_migrations'`,
  )
  await connection.query('set foreign_key_checks = 0')
  for (const { name } of tables) await connection.query(`delete from ${name}`)
  await connection.end()
}

function memoryLog(lines: Record<string, unknown>[]) {
  const keep = { write: (line: string) => void lines.push(JSON.parse(line)) }
  return pino(
    { level: 'debug', base: null, formatters: { level: (label) => ({ level: label }) } },
    keep,
  )
}
