import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { findServerProcess } from '#src/database/embedded/server.ts'
import { rootDatabaseUrl, testEnvironment } from '#tests/support/database.ts'
import { engineName } from '#tests/support/engines.ts'
import { runTool, type Started, send, signInAt, start } from '#tests/support/started.ts'

const ADMIN = { ADMIN_EMAIL: 'agus@depo.example', ADMIN_PASSWORD: 'kapal-tunda-besar' }
const EIGHT_SECONDS = 8_000
const LONG = 90_000
/** Noticed within half a second; the rest is the server's own repair of what the kill left. */
const KILLED_LIMIT_MS = 5_000

let base: string
let dataDir: string
const running: Started[] = []

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bbm start '))
  chmodSync(base, 0o711)
  dataDir = join(base, 'data')
})

afterEach(async () => {
  for (const { process, ended } of running.splice(0)) {
    process.kill('SIGTERM')
    await ended
  }
  const left = databaseProcess()
  if (left !== undefined) process.kill(left, 'SIGKILL')
  rmSync(base, { recursive: true, force: true })
})

// The private server is always the one that this machine has, whatever engine the other tests run on: once is enough.
if (engineName() === 'mariadb') {
  describe('bin/start', () => {
    test(
      'serves on a fresh folder, and a stop ends it with its database within eight seconds',
      async () => {
        const server = await begin(ADMIN)
        expect(server.said()).toContain('Admin pertama: agus@depo.example')
        expect(server.said()).not.toContain(ADMIN.ADMIN_PASSWORD)
        expect((await fetch(`${server.origin}/login`)).status).toBe(200)
        const stoppedAt = Date.now()
        server.process.kill('SIGTERM')
        expect(await server.ended).toBe(0)
        expect(Date.now() - stoppedAt).toBeLessThan(EIGHT_SECONDS)
        expect(databaseProcess()).toBeUndefined()
      },
      LONG,
    )

    test(
      'loses nothing that was booked when it is killed, and begins with the same sessions',
      async () => {
        const first = await begin(ADMIN)
        const cookie = await signIn(first.origin)
        const opening = { location: 'GENSET', amount: '1250.5', kind: 'opening' }
        expect((await send(first.origin, cookie, '/api/stock/in', opening)).status).toBe(201)
        first.process.kill('SIGKILL')
        await first.ended
        const second = await begin({ ...ADMIN, PORT: new URL(first.origin).port })
        expect(second.said()).not.toContain('Admin pertama')
        const summary = await (
          await fetch(`${second.origin}/api/stock/summary`, { headers: { cookie } })
        ).json()
        expect(summary).toMatchObject({ data: [{ location: 'GENSET', balance: '1250.50' }, {}] })
      },
      LONG,
    )

    test(
      'prints the first admin’s random password once, and it signs in',
      async () => {
        const server = await begin({ ADMIN_EMAIL: ADMIN.ADMIN_EMAIL })
        const [, password = ''] = /kata sandi (\S+)/.exec(server.said()) ?? []
        expect(password.length).toBeGreaterThanOrEqual(16)
        expect(await signIn(server.origin, password)).toMatch(/\bbbm_access_\d+=/)
      },
      LONG,
    )

    test(
      'shares its database with the other tools while it runs, and they find it again afterwards',
      async () => {
        const server = await begin(ADMIN)
        const given = [
          'add',
          'sari@depo.example',
          '--name',
          'Sari',
          '--role',
          'operasional',
          '--location',
          'GENSET',
        ]
        const added = await runTool(
          'user',
          { DATA_DIR: dataDir },
          ...given,
          '--password',
          'solar-untuk-genset',
        )
        expect(added).toMatchObject({ status: 0, err: '' })
        expect((await fetch(`${server.origin}/login`)).status).toBe(200)
        server.process.kill('SIGTERM')
        await server.ended
        const verified = await runTool('verify', { DATA_DIR: dataDir })
        expect(verified).toMatchObject({
          status: 0,
          out: expect.stringContaining('Semua cocok: 0 catatan.\n'),
        })
        expect(databaseProcess()).toBeUndefined()
      },
      LONG,
    )

    test(
      'brings its database up again when that is killed, and says so once',
      async () => {
        const server = await begin(ADMIN)
        const cookie = await signIn(server.origin)
        const killed = databaseProcess() ?? 0
        process.kill(killed, 'SIGKILL')
        const diedAt = Date.now()
        const opening = { location: 'GENSET', amount: '1250.5', kind: 'opening' }
        while ((await send(server.origin, cookie, '/api/stock/in', opening)).status !== 201)
          await Bun.sleep(50)
        expect(Date.now() - diedAt).toBeLessThan(KILLED_LIMIT_MS)
        expect(databaseProcess()).not.toBe(killed)
        await server.says(/dijalankan lagi/)
        expect(server.said().match(/Basis data mati dan sudah dijalankan lagi\./g)).toHaveLength(1)
      },
      LONG,
    )

    test(
      'keeps its books by an account that cannot change them',
      async () => {
        const first = await begin(ADMIN)
        expect(first.said()).not.toContain('Peringatan')
        const url = new URL(`mysql://localhost/bbm?socket=${encodeURIComponent(socketOf())}`)
        url.username = 'bbm_app'
        url.password = readFileSync(join(dataDir, 'database-password'), 'utf8')
        const connection = await createConnection(connectionOptions(url.href))
        for (const statement of ['delete from transactions', 'update system_logs set id = id'])
          await expect(connection.query(statement)).rejects.toMatchObject({ errno: 1142 })
        await connection.end()
      },
      LONG,
    )

    test.each([150, 250, 350, 500, 800])(
      'a stop %i ms into a start leaves no database behind',
      async (delay) => {
        const child = spawn('bin/start', [], {
          env: { ...process.env, ...ADMIN, PORT: '', DATA_DIR: dataDir, DATABASE_URL: '' },
          stdio: 'ignore',
        })
        await Bun.sleep(delay)
        child.kill('SIGTERM')
        await once(child, 'exit')
        expect(databaseProcess()).toBeUndefined()
      },
      LONG,
    )

    test(
      '--demo fills an empty database with a year at both locations, once',
      async () => {
        const server = await begin(ADMIN, '--demo')
        const [, password = ''] = /sri@contoh\.test, kata sandi (\S+)/.exec(server.said()) ?? []
        const cookie = await signIn(server.origin, password, 'sri@contoh.test')
        const trend = await (
          await fetch(`${server.origin}/api/stock/trend?days=365`, { headers: { cookie } })
        ).json()
        const { data } = trend as { data: { location: string; out: string }[] }
        const moved = data.filter(({ out }) => out !== '0.00')
        expect(new Set(moved.map(({ location }) => location))).toEqual(
          new Set(['GENSET', 'TUG_ASSIST']),
        )
        expect(moved.length).toBeGreaterThan(500)
        const roles = [...server.said().matchAll(/Contoh (\w+): \S+, kata sandi \S+/g)].map(
          ([, role]) => role,
        )
        expect(new Set(roles)).toEqual(new Set(['admin', 'supervisor', 'operasional']))
        server.process.kill('SIGTERM')
        await server.ended
        const again = await begin(ADMIN, '--demo')
        expect(again.said()).toContain('Contoh sudah ada')
        expect((await runTool('verify', { DATA_DIR: dataDir })).status).toBe(0)
      },
      LONG,
    )
  })
}

describe('bin/start with DATABASE_URL', () => {
  test(
    'serves from that database and starts no server of its own',
    async () => {
      const server = await begin({ ...ADMIN, ...testEnvironment() })
      expect(await signIn(server.origin)).toMatch(/\bbbm_access_\d+=/)
      expect(databaseProcess()).toBeUndefined()
    },
    LONG,
  )

  test(
    'warns where the app’s account is also that of the migrations',
    async () => {
      const server = await begin({ ...ADMIN, DATABASE_URL: rootDatabaseUrl() })
      expect(server.said().match(/^Peringatan: .*DATABASE_MIGRATION_URL/gm)).toHaveLength(1)
    },
    LONG,
  )

  test('refuses --demo', async () => {
    const server = await begin({ ...testEnvironment() }, '--demo')
    expect(await server.ended).toBe(1)
    expect(server.said()).toContain('--demo')
  })
})

test('a wrong configuration stops the start with every problem in a line', async () => {
  const server = await begin({
    PORT: 'empat',
    TIMEZONE: 'Mars/Olympus',
    JWT_SECRET: 'pendek',
    LOG_LEVEL: 'loud',
  })
  expect(await server.ended).toBe(1)
  for (const name of ['PORT', 'TIMEZONE', 'JWT_SECRET', 'LOG_LEVEL'])
    expect(server.said()).toContain(name)
})

async function begin(environment: Record<string, string>, ...words: string[]): Promise<Started> {
  const server = await start({ DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...environment }, ...words)
  running.push(server)
  return server
}

const signIn = (
  origin: string,
  password = ADMIN.ADMIN_PASSWORD,
  email = ADMIN.ADMIN_EMAIL,
): Promise<string> => signInAt(origin, { email, password })

const socketOf = (): string => join(dataDir, 'database', 'server', 'server.sock')

const databaseProcess = (): number | undefined =>
  findServerProcess(join(dataDir, 'database', 'server', 'data'))
