import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { type Database, openDatabase } from '#src/database/client.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { untilBack } from '#tests/support/behind-proxy.ts'
import { createClient } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'
import { type DatabaseProxy, openProxy } from '#tests/support/proxy.ts'

let depot: Depot
let proxy: DatabaseProxy
let database: Database
let isStopping = false
beforeAll(async () => {
  depot = await openDepot()
  proxy = await openProxy(testDatabaseUrl())
  database = openDatabase(proxy.url)
})
afterEach(async () => {
  isStopping = false
  await proxy.mend()
})
afterAll(async () => {
  await database.close()
  await proxy.close()
  await depot.close()
})

function ask(path: string): Promise<Response> {
  const system = { ...depot.system, db: database.db }
  const app = createApp(system, pino({ level: 'silent' }), { isStopping: () => isStopping })
  return createClient(app).get(path)
}

const READY = { status: 'ready' }

test('a server that works says so to anybody, without a session and without a cookie', async () => {
  for (const [path, said] of [
    ['/healthz', { status: 'ok' }],
    ['/readyz', READY],
  ] as const) {
    const response = await ask(path)
    expect([response.status, await response.json()]).toEqual([200, said])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.getSetCookie()).toEqual([])
  }
})

describe('without its database', () => {
  test('the process is healthy, and not ready; it is again with the database', async () => {
    await ask('/readyz')
    await proxy.cut()
    expect((await ask('/healthz')).status).toBe(200)
    const response = await ask('/readyz')
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(await response.json()).toEqual({ status: 'unavailable', reason: 'database' })
    await proxy.mend()
    expect(await (await untilBack(() => ask('/readyz'))).json()).toEqual(READY)
  })

  test('that is there and does not answer nobody waits for long', async () => {
    await ask('/readyz')
    proxy.freeze()
    expect((await ask('/healthz')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(503)
  })
})

test('a process that has been told to end takes nobody in any more, and is healthy to its end', async () => {
  isStopping = true
  const response = await ask('/readyz')
  expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
  expect(await response.json()).toEqual({ status: 'unavailable', reason: 'stopping' })
  expect((await ask('/healthz')).status).toBe(200)
})

test('however many ask at once, the database is asked for few of them', async () => {
  const app = createApp({ ...depot.system, db: database.db }, pino({ level: 'silent' }))
  let asked = 0
  const count = () => {
    asked += 1
  }
  database.pool.on('acquire', count)
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => createClient(app).get('/readyz')),
  )
  database.pool.off('acquire', count)
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(asked).toBeLessThan(5)
})
