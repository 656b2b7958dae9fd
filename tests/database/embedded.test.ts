import { afterEach, beforeEach, expect, test } from 'bun:test'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { findServerProcess } from '#src/database/embedded/server.ts'
import { acquirePrivateServer, type PrivateServer } from '#src/database/embedded.ts'
import { engineName } from '#tests/support/engines.ts'
import { installedMysql } from '#tests/support/mysql-server.ts'

/** Noticed within half a second; the rest is the server's own repair of what the kill left. */
const KILLED_LIMIT_MS = 5_000

let dataDir: string
let base: string
const holders: ChildProcess[] = []
const servers: PrivateServer[] = []

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bbm embedded '))
  chmodSync(base, 0o711)
  dataDir = join(base, 'data')
})

afterEach(async () => {
  for (const holder of holders.splice(0)) await kill(holder)
  for (const server of servers.splice(0)) await server.release()
  const left = serverProcess()
  if (left !== undefined) process.kill(left, 'SIGKILL')
  rmSync(base, { recursive: true, force: true })
})

test('makes a server that listens on a private socket only, with a database for all scripts', async () => {
  const server = await acquire()
  const [row] = await ask(
    server.migrationUrl,
    'select @@skip_networking as socketOnly, @@character_set_database as characters, @@collation_database as collation, @@time_zone as zone, @@innodb_flush_log_at_trx_commit as flush, @@local_infile as localFiles',
  )
  expect(row).toEqual({
    socketOnly: 1,
    characters: 'utf8mb4',
    collation: 'utf8mb4_unicode_ci',
    zone: '+00:00',
    flush: 1,
    localFiles: 0,
  })
  expect(statSync(dirname(socketOf(server.url))).mode & 0o077).toBe(0)
  await server.release()
})

test('is gone after the last release, and keeps what was booked', async () => {
  const first = await acquire()
  await ask(first.migrationUrl, 'create table kept (id int primary key)')
  await ask(first.migrationUrl, 'insert into kept values (1)')
  await first.release()
  await first.release()
  expect(serverProcess()).toBeUndefined()
  expect(await countKept()).toBe(1)
})

test('serves programs that start at once with one server, until the last has gone', async () => {
  const [one, two] = await Promise.all([hold(), hold()])
  const pid = serverProcess()
  const third = await acquire()
  expect(serverProcess()).toBe(pid)
  await stop(one)
  await third.release()
  expect(serverProcess()).toBe(pid)
  await stop(two)
  expect(serverProcess()).toBeUndefined()
})

test('takes over the server of a program that was killed, and ends it', async () => {
  const holder = await hold()
  const pid = serverProcess()
  await kill(holder)
  expect(serverProcess()).toBe(pid)
  const server = await acquire()
  expect(serverProcess()).toBe(pid)
  await server.release()
  expect(serverProcess()).toBeUndefined()
})

test('loses nothing when program and server are both killed', async () => {
  const server = await acquire()
  await ask(server.migrationUrl, 'create table kept (id int primary key)')
  await ask(server.migrationUrl, 'insert into kept values (1), (2)')
  const pid = serverProcess()
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await server.release()
  expect(existsSync(socketOf(server.url))).toBe(false)
  expect(await countKept()).toBe(2)
})

test('brings a server that was killed up again by itself, at the same socket for the same accounts', async () => {
  const [holder, server] = await Promise.all([hold(), acquire()])
  await ask(server.migrationUrl, 'create table kept (id int primary key)')
  for (let time = 0; time < 2; time++) {
    const killed = serverProcess()
    if (killed !== undefined) process.kill(killed, 'SIGKILL')
    const diedAt = Date.now()
    await untilAnswered(server.url)
    expect(Date.now() - diedAt).toBeLessThan(KILLED_LIMIT_MS)
    expect(serverProcess()).not.toBe(killed)
    expect(await ask(server.migrationUrl, 'select * from kept')).toEqual([])
  }
  await server.release()
  expect(serverProcess()).toBeNumber()
  await stop(holder)
  expect(serverProcess()).toBeUndefined()
  await Bun.sleep(1_500)
  expect(serverProcess()).toBeUndefined()
})

test('has an account for the app that cannot touch a table until it is granted', async () => {
  const server = await acquire()
  expect(new URL(server.url).password.length).toBeGreaterThan(40)
  expect(statSync(join(dataDir, 'database-password')).mode & 0o777).toBe(0o600)
  await ask(server.migrationUrl, 'create table kept (id int primary key)')
  await expect(ask(server.url, 'select * from kept')).rejects.toMatchObject({ errno: 1044 })
  await server.release()
})

test('gets that account in a folder from before there was one, and again where its password is lost', async () => {
  const first = await acquire()
  await ask(first.migrationUrl, "drop user 'bbm_app'@'localhost'")
  await first.release()
  rmSync(join(dataDir, 'database-password'))
  const second = await acquire()
  expect(await ask(accountOnly(second.url), 'select 1 as one')).toEqual([{ one: 1 }])
  await second.release()
  rmSync(join(dataDir, 'database-password'))
  const third = await acquire()
  expect(third.url).not.toBe(second.url)
  expect(await ask(accountOnly(third.url), 'select 1 as one')).toEqual([{ one: 1 }])
  await third.release()
})

test('does not take another process under a number of old for a user', async () => {
  const first = await acquire()
  writeFileSync(join(dataDir, `database/users/${process.pid}.another-beginning.1`), '')
  await first.release()
  expect(serverProcess()).toBeUndefined()
})

test('begins an initialisation that died halfway again', async () => {
  const draft = join(dataDir, 'database/server/data.new')
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'ibdata1'), 'half')
  const server = await acquire()
  expect(await ask(server.migrationUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(draft)).toBe(false)
  await server.release()
})

test('listens in a short private folder where the path is too long for a socket', async () => {
  dataDir = join(base, 'long '.repeat(20))
  const server = await acquire()
  const folder = dirname(socketOf(server.url))
  expect(Buffer.byteLength(folder)).toBeLessThan(40)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(await ask(server.migrationUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.release()
  expect(existsSync(folder)).toBe(false)
})

test('says what the server said when it cannot start', async () => {
  await (await acquire()).release()
  const program = {
    flavour: engineName(),
    command: ['/bin/sh', '-c', 'echo no luck; exit 7'],
  } as const
  const attempt = acquirePrivateServer({ dataDir, say: () => undefined, program })
  await expect(attempt).rejects.toThrow('no luck')
})

async function acquire(): Promise<PrivateServer> {
  const program = engineName() === 'mysql' ? { program: installedMysql() } : {}
  const server = await acquirePrivateServer({ dataDir, say: () => undefined, ...program })
  servers.push(server)
  return server
}

/** Another program that uses the server of the folder. */
async function hold(): Promise<ChildProcess> {
  const holder = spawn(process.execPath, ['tests/support/hold-server.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  holders.push(holder)
  for await (const line of createInterface({ input: holder.stdout })) {
    if (line.startsWith('using ')) return holder
  }
  throw new Error('the other program ended early')
}

const stop = (holder: ChildProcess) => end(holder, 'SIGTERM')
const kill = (holder: ChildProcess) => end(holder, 'SIGKILL')

async function end(holder: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (holder.exitCode !== null || holder.signalCode !== null) return
  const gone = once(holder, 'exit')
  holder.kill(signal)
  await gone
}

const serverProcess = () => findServerProcess(join(dataDir, 'database/server/data'))

const socketOf = (url: string): string => new URL(url).searchParams.get('socket') ?? ''

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const connection = await createConnection(connectionOptions(url))
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement)
    return rows
  } finally {
    await connection.end()
  }
}

/** The app's account before anything was granted: it may sign in, into no database. */
const accountOnly = (url: string): string => url.replace('/bbm?', '/?')

async function untilAnswered(url: string): Promise<void> {
  for (;;) {
    try {
      await ask(accountOnly(url), 'select 1 as one')
      return
    } catch {
      await Bun.sleep(20)
    }
  }
}

async function countKept(): Promise<unknown> {
  const server = await acquire()
  const [row] = await ask(server.migrationUrl, 'select count(*) as entries from kept')
  await server.release()
  return row?.entries
}
