import { afterAll, beforeEach, expect, test } from 'bun:test'
import { createConnection } from 'mysql2/promise'
import { connectionOptions, READERS, WRITERS } from '#src/database/client.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'
import { hiddenFields } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
const LONGER_THAN_THE_DEADLINE = 30_000

beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 100 })
})
afterAll(() => depot.close())

test(
  'a writer who waits too long for a location is told to come back, books nothing, and may send the same again',
  async () => {
    const form = hiddenFields(await (await wati.get('/stock/out')).text(), '/stock/out')
    const fields = { ...form, location: 'GENSET', amount: '5' }
    const body = { location: 'GENSET', amount: 10 }
    const key = { 'Idempotency-Key': 'sibuk' }
    await whileLocked('GENSET', async () => {
      const [program, person, elsewhere] = await Promise.all([
        wati.api('POST', '/api/stock/out', body, key),
        wati.post('/stock/out', fields),
        wati.api('POST', '/api/stock/in', { location: 'TUG_ASSIST', amount: 7 }),
      ])
      expect([program.status, person.status, elsewhere.status]).toEqual([503, 503, 201])
      expect(program.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
      expect(person.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
      expect(await balanceOf(depot.db, 'GENSET')).toBe(10_000n)
      expect((await wati.get('/history')).status).toBe(200)
    })
    expect((await wati.api('POST', '/api/stock/out', body, key)).status).toBe(201)
    expect((await wati.post('/stock/out', fields)).status).toBe(303)
    expect(await countEntries(depot.db)).toBe(4)
  },
  LONGER_THAN_THE_DEADLINE,
)

test(
  'who gets no connection in time is told to come back',
  async () => {
    const pool = depot.database.pool.promise()
    const taken = await Promise.all(Array.from({ length: READERS }, () => pool.getConnection()))
    const response = await wati.get('/api/stock/summary')
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toMatch(/^[1-9]\d*$/)
    for (const connection of taken) connection.release()
    expect((await wati.get('/api/stock/summary')).status).toBe(200)
  },
  LONGER_THAN_THE_DEADLINE,
)

test(
  'whoever reads finds a connection, however many wait to write',
  async () => {
    const body = { location: 'GENSET', amount: 1 }
    const waiting: Promise<Response>[] = []
    await whileLocked('GENSET', async () => {
      let ended = 0
      for (let at = 0; at < 3 * WRITERS; at++)
        waiting.push(wati.api('POST', '/api/stock/out', body).finally(() => ended++))
      for (const path of ['/', '/history', '/api/stock/summary'])
        expect((await wati.get(path)).status).toBe(200)
      expect(ended).toBe(0)
    })
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(201)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(10_000n - BigInt(3 * WRITERS) * 100n)
  },
  LONGER_THAN_THE_DEADLINE,
)

/** Does what the booking of a large file does to everybody else. */
async function whileLocked(code: string, work: () => Promise<void>): Promise<void> {
  const connection = await createConnection(connectionOptions(testDatabaseUrl()))
  await connection.beginTransaction()
  const lock =
    'select * from location_balances where location_id = (select id from locations where code = ?) for update'
  await connection.query(lock, [code])
  try {
    await work()
  } finally {
    await connection.rollback()
    await connection.end()
  }
}
