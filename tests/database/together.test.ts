import { afterAll, beforeEach, expect, test } from 'bun:test'
import { WRITERS } from '#src/database/client.ts'
import { slot } from '#src/database/prepared.ts'
import { requests } from '#src/database/schema/requests.ts'
import { sendTogether, sendWithCommit, written } from '#src/database/together.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const keep = written<{ id: string; hash: string }>((db) =>
  db.insert(requests).values({
    id: slot(requests.id, 'id'),
    hash: slot(requests.hash, 'hash'),
    recordedAt: new Date(0),
    answer: '"?; drop table requests; --"',
  }),
)
const HASH = 'a'.repeat(64)
const kept = async () =>
  (await depot.db.select({ id: requests.id }).from(requests)).map(({ id }) => id)

test('writes go in their order, each with its own values', async () => {
  await inTransaction(depot.db, async (tx) => {
    await sendTogether(tx, [
      keep({ id: "o'one; --", hash: HASH }),
      keep({ id: 'two?', hash: 'b'.repeat(64) }),
    ])
    sendWithCommit(tx, [keep({ id: 'three', hash: HASH })])
    sendWithCommit(tx, [keep({ id: 'four', hash: HASH })])
  })
  expect((await kept()).sort()).toEqual(["o'one; --", 'four', 'three', 'two?'].sort())
})

test('where one fails nothing of the transaction stays, also what was to go with COMMIT', async () => {
  const twice = [keep({ id: 'same', hash: HASH }), keep({ id: 'same', hash: HASH })]
  const early = inTransaction(depot.db, async (tx) => {
    sendWithCommit(tx, [keep({ id: 'later', hash: HASH })])
    await sendTogether(tx, twice)
  })
  await expect(early).rejects.toThrow()
  const late = inTransaction(depot.db, async (tx) => sendWithCommit(tx, twice))
  await expect(late).rejects.toThrow()
  expect(await kept()).toEqual([])
})

test('what a transaction that failed had left goes with no other', async () => {
  const failed = inTransaction(depot.db, async (tx) => {
    sendWithCommit(tx, [keep({ id: 'lost', hash: HASH })])
    throw new RangeError('no')
  })
  await expect(failed).rejects.toThrow('no')
  const others = Array.from({ length: 2 * WRITERS }, (_, at) =>
    inTransaction(depot.db, async (tx) => sendWithCommit(tx, [keep({ id: `${at}`, hash: HASH })])),
  )
  await Promise.all(others)
  expect(await kept()).toHaveLength(2 * WRITERS)
  expect(await kept()).not.toContain('lost')
})

test('whoever only reads cannot send more than one statement', async () => {
  const write = keep({ id: 'one', hash: HASH })
  await expect(sendTogether(depot.db, [write, write])).rejects.toThrow()
  expect(await kept()).toEqual([])
})
