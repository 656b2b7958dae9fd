import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { isFull, streamFromSnapshot } from '#src/exports/stream.ts'
import { zip } from '#src/exports/zip.ts'
import { describeError } from '#src/http/request-log.ts'
import { Rejected } from '#src/rejected.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const never = () => new AbortController().signal
const Answer = z.tuple([z.array(z.object({ one: z.number() })), z.unknown()])

/** Chunks without end, each after a look into the database; counts them and tells when it was let go. */
function endless() {
  const seen = { chunks: 0, isEnded: false }
  const open = async (tx: Depot['db']) =>
    (async function* () {
      try {
        for (;;) {
          const [[row]] = Answer.parse(await tx.execute(sql`select 1 as one`))
          seen.chunks += row?.one ?? 0
          yield new Uint8Array(64 * 1024)
        }
      } finally {
        seen.isEnded = true
      }
    })()
  return { seen, open }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 200; tries++) await Bun.sleep(10)
  expect(isTrue()).toBe(true)
}

test('reading waits for the reader, and ends when the reader leaves', async () => {
  const { seen, open } = endless()
  const body = await streamFromSnapshot(depot.db, never(), open)
  const reader = body.getReader()
  await reader.read()
  await Bun.sleep(100)
  const waiting = seen.chunks
  expect(waiting).toBeLessThan(10)
  await Bun.sleep(50)
  expect(seen.chunks).toBe(waiting)
  await reader.cancel()
  await until(() => seen.isEnded)
})

test('a connection that breaks ends the reading as well', async () => {
  const { seen, open } = endless()
  const request = new AbortController()
  await streamFromSnapshot(depot.db, request.signal, open)
  request.abort()
  await until(() => seen.isEnded)
  await Bun.sleep(50)
})

test('a third download at a time is asked to wait, and the place is free again after one', async () => {
  const bodies = [1, 2].map(() => streamFromSnapshot(depot.db, never(), endless().open))
  const [first, second] = await Promise.all(bodies)
  const third = streamFromSnapshot(depot.db, never(), endless().open)
  expect(await third.catch((error: unknown) => error)).toMatchObject({ status: 429 })
  await first?.cancel()
  await Bun.sleep(100)
  const next = await streamFromSnapshot(depot.db, never(), endless().open)
  await next.cancel()
  await second?.cancel()
  await Bun.sleep(100)
})

test('what goes wrong before the first byte is thrown, later it breaks the stream', async () => {
  const refused = streamFromSnapshot(depot.db, never(), async () => {
    throw new Rejected(422, 'tidak')
  })
  expect(await refused.catch((error: unknown) => error)).toMatchObject({ status: 422 })
  const broken = await streamFromSnapshot(depot.db, never(), async () =>
    (async function* () {
      yield new Uint8Array(1)
      throw new Error('the database went away')
    })(),
  )
  expect(await broken.bytes().catch((error: unknown) => error)).toBeInstanceOf(Error)
})

test('a client sees the break: what came of the file never looks whole', async () => {
  const faults: unknown[] = []
  const open = async () =>
    (async function* () {
      yield new Uint8Array(200_000)
      await Bun.sleep(20)
      throw new Error('the database went away')
    })()
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: async ({ signal }) =>
      new Response(
        await streamFromSnapshot(depot.db, signal, open, (error) => void faults.push(error)),
      ),
  })
  const broken = await fetch(server.url).then((response) => response.bytes().catch(() => 'broken'))
  await server.stop(true)
  expect(broken).toBe('broken')
  expect(faults).toEqual([new Error('the database went away')])
})

test('a reader that leaves is no fault', async () => {
  const faults: unknown[] = []
  const { seen, open } = endless()
  const note = (error: unknown) => void faults.push(error)
  const body = await streamFromSnapshot(depot.db, never(), open, note)
  await body.cancel()
  await until(() => seen.isEnded)
  await Bun.sleep(50)
  expect(faults).toEqual([])
})

test('an archive that is left is read no further, and its source is closed', async () => {
  const { seen, open } = endless()
  const entries = async function* () {
    yield { path: 'a', data: await open(depot.db) }
  }
  const body = await streamFromSnapshot(depot.db, never(), async () => zip(entries()))
  await body.getReader().cancel()
  await until(() => seen.isEnded)
})

test('what goes wrong inside an archive breaks it', async () => {
  const entries = async function* () {
    const data = async function* () {
      yield new Uint8Array(1)
      throw new Error('the database went away')
    }
    yield { path: 'a', data: data() }
  }
  const made = Array.fromAsync(zip(entries())).catch((error: unknown) => error)
  expect(await made).toEqual(new Error('the database went away'))
})

test('the line about a break says what and where, and nothing of what people typed', () => {
  const statement = { code: 'ER_QUERY_INTERRUPTED', sql: 'select rahasia' }
  const cause = Object.assign(new Error('near rahasia'), statement)
  const said = describeError(new Error('the database went away', { cause }))
  expect(said).toStartWith('Error: the database went away\n    at ')
  expect(said).toContain('caused by Error ER_QUERY_INTERRUPTED: failed statement\n    at ')
  expect(said).not.toContain('rahasia')
})

test('a request that must wait is told when to come again', async () => {
  const bodies = await takeBothPlaces()
  const wati = await depot.signIn('wati')
  for (const path of ['/stock/export', '/api/stock/export']) {
    const refused = await wati.get(path)
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '30'])
    expect(await refused.text()).toContain('Coba lagi dalam 30 detik.')
  }
  for (const body of bodies) await body.cancel()
  await until(() => !isFull())
  const accepted = await wati.get('/api/stock/export?format=csv')
  expect([accepted.status, accepted.headers.get('Retry-After')]).toEqual([200, null])
  await accepted.text()
})

/** Places of earlier tests are free again a moment after their readers have left. */
async function takeBothPlaces(): Promise<ReadableStream<Uint8Array>[]> {
  const bodies: ReadableStream<Uint8Array>[] = []
  while (bodies.length < 2) {
    await until(() => !isFull())
    bodies.push(await streamFromSnapshot(depot.db, never(), endless().open))
  }
  return bodies
}
