import { afterAll, beforeEach, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

type Books = Awaited<ReturnType<typeof booksOf>>

/** Walks a chain from its beginning and takes every hash again, with nothing of the code under test. */
function expectUnbroken(books: Books, chain: string): void {
  let previous = '0'.repeat(64)
  const links = books.audit.filter((link) => link.chain === chain)
  for (const [at, link] of links.entries()) {
    expect([link.position, link.previousHash]).toEqual([at + 1, previous])
    const { recordedAt, userId, action, subject, before, after } = link
    const fields = [chain, at + 1, recordedAt.toISOString(), userId, action, subject, before, after]
    const text = `${previous}\n${JSON.stringify(fields)}`
    previous = createHash('sha256').update(text).digest('hex')
    expect(link.hash).toBe(previous)
  }
  const head = books.chains.find((row) => row.chain === chain)
  expect(head).toEqual({ chain, length: links.length, headHash: previous })
}

test('each booking adds one link with the whole entry to the chain of its location', async () => {
  const wati = await depot.signIn('wati')
  const entry = await deliver(wati, {
    location: 'GENSET',
    amount: '1250.50',
    notes: '\u{1f6e2}\ufe0f "kutip" </script>',
  })
  const books = await booksOf(depot.db)
  const chain = `location:${books.entries[0]?.locationId}`
  const [link, ...others] = books.audit.filter((row) => row.chain === chain)
  expect(others).toEqual([])
  expect(link).toMatchObject({ action: 'entry.book', subject: `entry:${entry.id}`, before: null })
  expect(link?.userId).toBe(depot.ids.wati)
  expect(link?.recordedAt).toEqual(depot.clock.now)
  const after = z.record(z.string(), z.unknown()).parse(JSON.parse(link?.after ?? ''))
  expect(after).toMatchObject({ id: entry.id, litres: '1250.50', notes: entry.notes })
  expect(after).toMatchObject({ location: 'GENSET', occurredAt: entry.occurredAt })
})

test('the chains stay whole through bookings in parallel at both locations and changes of people', async () => {
  const wati = await depot.signIn('wati')
  const agus = await depot.signIn('agus')
  const places = Array.from({ length: 20 }, (_, at) => (at % 2 ? 'GENSET' : 'TUG_ASSIST'))
  const rename = (name: string) => agus.api('PATCH', `/api/users/${depot.ids.sari}`, { name })
  await Promise.all([
    ...places.map((location) => deliver(wati, { location, amount: '1.01' })),
    ...['Sari W.', 'Sari Wul.', 'Sari'].map(rename),
  ])
  const books = await booksOf(depot.db)
  expect(books.chains).toHaveLength(3)
  for (const { chain } of books.chains) expectUnbroken(books, chain)
  const bookings = books.audit.filter(({ action }) => action === 'entry.book')
  expect(bookings.map(({ subject }) => subject).sort()).toEqual(
    books.entries.map(({ id }) => `entry:${id}`).sort(),
  )
})

test('a booking whose link cannot be written is not booked either', async () => {
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 10 })
  const before = await booksOf(depot.db)
  await depot.root.pool.promise().query('rename table system_logs to hidden_logs')
  const response = await wati.api('POST', '/api/stock/out', { location: 'GENSET', amount: 1 })
  await depot.root.pool.promise().query('rename table hidden_logs to system_logs')
  expect(response.status).toBe(500)
  expect(await booksOf(depot.db)).toEqual(before)
  const next = await use(wati, { location: 'GENSET', amount: 1 })
  expect(next.balanceAfter).toBe('9.00')
})

test('a refused booking and a repeated one add no link', async () => {
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 10 })
  const send = (amount: number) =>
    wati.api('POST', '/api/stock/out', { location: 'GENSET', amount }, { 'Idempotency-Key': 'k' })
  await send(1)
  const { audit } = await booksOf(depot.db)
  expect((await send(1)).status).toBe(200)
  expect((await send(11)).status).toBe(409)
  expect((await booksOf(depot.db)).audit).toEqual(audit)
})
