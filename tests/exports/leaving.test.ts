import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { streamFromSnapshot } from '#src/exports/stream.ts'
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
