import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootDatabaseUrl, testDatabaseUrl } from '#tests/support/database.ts'
import { type DatabaseProxy, openProxy } from '#tests/support/proxy.ts'
import { beginStart, runTool, type Started } from '#tests/support/started.ts'

const LONG = 90_000
/** How long after the coming of the database a start goes on. */
const SOON_MS = 2_000
const AT_ONCE_MS = 500

let dataDir: string
const running: Started[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bbm wait '))
})

afterEach(async () => {
  for (const { process, ended } of running.splice(0)) {
    process.kill('SIGTERM')
    await ended
  }
  rmSync(dataDir, { recursive: true, force: true })
})

test(
  'waits for a database that is away, saying why, and goes on within two seconds of its coming',
  async () => {
    const [app, migration] = [
      await openProxy(testDatabaseUrl()),
      await openProxy(rootDatabaseUrl()),
    ]
    await Promise.all([app.cut(), migration.cut()])
    const away = { DATABASE_URL: app.url, DATABASE_MIGRATION_URL: migration.url }
    const server = await begin(away)
    await server.says(/Menunggu basis data/)
    expect(server.said()).toMatch(/Menunggu basis data di \S+: belum terjangkau \(E\w+\)\./)
    expect((await runTool('verify', { DATA_DIR: dataDir, ...away })).err).toMatch(
      /^Basis data tidak terjangkau \(E\w+\)\./,
    )
    await migration.mend()
    await Bun.sleep(1_500)
    expect(server.said()).not.toContain('Monitoring BBM')
    const cameAt = Date.now()
    await app.mend()
    await server.says(/terjangkau\.$/m)
    expect(Date.now() - cameAt).toBeLessThan(SOON_MS)
    // The migrations of an empty database come in between, and take what they take.
    await server.says(/Monitoring BBM/)
    expect(server.said().match(/Menunggu/g)).toHaveLength(1)
    expect((await fetch(`${server.origin}/login`)).status).toBe(200)
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    await Promise.all([app.close(), migration.close()])
  },
  LONG,
)

test.each([
  ['a socket that is gone', async (proxy: DatabaseProxy) => proxy.cut(), /\(ENOENT\)/],
  ['a silent server', async (proxy: DatabaseProxy) => proxy.freeze(), /\(ETIMEDOUT\)/],
])(
  'a stop ends the waiting at once: %s',
  async (_, fail, reason) => {
    const proxy = await openProxy(rootDatabaseUrl())
    await fail(proxy)
    const server = await waitAndStop(proxy.url)
    expect(server.said()).toMatch(reason)
    await proxy.close()
  },
  LONG,
)

test(
  'a stop ends the waiting at once: a port where nobody listens',
  async () => {
    const server = await waitAndStop('mysql://bbm:rahasia@127.0.0.1:1/bbm')
    expect(server.said()).toBe(
      'Menunggu basis data di 127.0.0.1:1: belum terjangkau (ECONNREFUSED).\n',
    )
  },
  LONG,
)

test.each([
  ['a wrong password', { password: 'salah' }, 'Basis data menolak akun ini.'],
  ['an unknown database', { pathname: '/lain' }, 'Basis data itu belum ada.'],
])(
  'does not wait where that would not help: %s',
  async (_, wrong, sentence) => {
    const url = Object.assign(new URL(rootDatabaseUrl()), wrong)
    const server = await begin({ DATABASE_URL: url.href })
    expect(await server.ended).toBe(1)
    expect(server.said()).toStartWith(sentence)
    expect(server.said()).not.toMatch(/\n\s+at |salah@/)
  },
  LONG,
)

async function begin(environment: Record<string, string>): Promise<Started> {
  const server = await beginStart({ DATA_DIR: dataDir, ...environment })
  running.push(server)
  return server
}

/** Waits in vain for the database, and is told to stop. */
async function waitAndStop(url: string): Promise<Started> {
  const server = await begin({ DATABASE_URL: url })
  await server.says(/Menunggu basis data/)
  await Bun.sleep(300)
  const stoppedAt = Date.now()
  server.process.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(Date.now() - stoppedAt).toBeLessThan(AT_ONCE_MS)
  return server
}
