import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { dataOf, EntryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, countEntries, deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000 })
})
afterAll(() => depot.close())

const send = (client: Client, key: string, body: unknown, path = '/api/stock/out') =>
  client.api('POST', path, body, { 'Idempotency-Key': key })

describe('a request that comes again under its key', () => {
  test('answers 200 with the first entry and books nothing', async () => {
    const first = await send(sari, 'kunci-1', { amount: 10, notes: 'pagi' })
    expect(first.status).toBe(201)
    const entry = await dataOf(first, EntryJson)
    const books = await booksOf(depot.db)
    depot.pass({ hours: 2 })
    const again = await send(sari, 'kunci-1', { amount: '10.00', notes: 'pagi' })
    expect(again.status).toBe(200)
    expect(await dataOf(again, EntryJson)).toEqual(entry)
    expect(await booksOf(depot.db)).toEqual(books)
  })

  test('is answered before any other check, also when it could no longer be booked', async () => {
    const body = { location: 'GENSET', amount: 900, occurredAt: '2026-11-22T00:00' }
    const first = await dataOf(
      await send(wati, 'k', { ...body, occurredAt: '2026-11-23T14:05' }),
      EntryJson,
    )
    await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
    depot.pass({ days: 9 })
    const later = await depot.signIn('wati')
    const again = await send(later, 'k', { ...body, occurredAt: '2026-11-23T14:05' })
    expect(again.status).toBe(200)
    expect((await dataOf(again, EntryJson)).id).toBe(first.id)
  })

  test('books one entry however many arrive at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(sari, 'bersamaan', { amount: 10 })),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(19).fill(200), 201])
    const found = await Promise.all(answers.map((answer) => dataOf(answer, EntryJson)))
    expect(new Set(found.map(({ id }) => id)).size).toBe(1)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(99_000n)
  })

  test('is no second usage of stock that the first one used up', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(sari, 'semuanya', { amount: 1000 })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201])
    expect(await balanceOf(depot.db, 'GENSET')).toBe(0n)
  })

  test('at two locations at once books at one of them and is refused at the other', async () => {
    await deliver(wati, { location: 'TUG_ASSIST', amount: 1000 })
    const places = Array.from({ length: 10 }, (_, at) => (at % 2 ? 'GENSET' : 'TUG_ASSIST'))
    const answers = await Promise.all(
      places.map((location) => send(wati, 'dua-tempat', { location, amount: 10 })),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(4).fill(200), 201, ...Array(5).fill(409)])
    expect(await countEntries(depot.db)).toBe(3)
  })
})

describe('a key that was used for something else', () => {
  test.each([
    ['another amount', { amount: '10.01', notes: 'rahasia' }],
    ['other notes', { amount: 10, notes: 'lain' }],
    ['no notes', { amount: 10 }],
    ['a reference', { amount: 10, notes: 'rahasia', reference: 'X' }],
    ['a time', { amount: 10, notes: 'rahasia', occurredAt: '2026-11-23T14:05' }],
    ['a named location', { amount: 10, notes: 'rahasia', location: 'GENSET' }],
  ])('is refused with 409 for %s and shows nothing of the entry', async (_, other) => {
    await send(sari, 'kunci', { amount: 10, notes: 'rahasia' })
    const books = await booksOf(depot.db)
    const response = await send(sari, 'kunci', other)
    expect(response.status).toBe(409)
    expect(JSON.stringify(await refusalOf(response))).not.toMatch(/rahasia|10[.,]00|Sari/)
    expect(await booksOf(depot.db)).toEqual(books)
  })

  test('is refused with 409 for another person and shows nothing of the entry', async () => {
    const body = { location: 'GENSET', amount: 10, notes: 'rahasia' }
    await send(sari, 'kunci', body)
    const response = await send(wati, 'kunci', body)
    expect(response.status).toBe(409)
    expect(JSON.stringify(await refusalOf(response))).not.toMatch(/rahasia|Sari/)
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('is refused with 409 at another endpoint', async () => {
    const body = { location: 'GENSET', amount: 10 }
    await send(wati, 'kunci', body)
    expect((await send(wati, 'kunci', body, '/api/stock/in')).status).toBe(409)
    expect(await countEntries(depot.db)).toBe(2)
  })
})

test('a refused request uses up no key', async () => {
  expect((await send(sari, 'kunci', { amount: 5000 })).status).toBe(422)
  expect((await send(sari, 'kunci', { amount: 'banyak' })).status).toBe(422)
  expect((await send(sari, 'kunci', { amount: 5 })).status).toBe(201)
})

test('keys differ by the case of their letters', async () => {
  expect((await send(sari, 'kunci', { amount: 1 })).status).toBe(201)
  expect((await send(sari, 'KUNCI', { amount: 1 })).status).toBe(201)
})

test('without a key two equal requests are two bookings', async () => {
  for (let time = 0; time < 2; time++)
    expect((await sari.api('POST', '/api/stock/out', { amount: 1 })).status).toBe(201)
  expect(await balanceOf(depot.db, 'GENSET')).toBe(99_800n)
})

test.each([
  ['empty', ''],
  ['101 characters', 'k'.repeat(101)],
  ['a space', 'dua kata'],
  ['a letter outside ASCII', 'kunc\u00ed'],
])('a key with %s is refused and books nothing', async (_, key) => {
  expect((await send(sari, key, { amount: 1 })).status).toBe(422)
  expect(await countEntries(depot.db)).toBe(1)
})

test('a key of 100 characters is good', async () => {
  expect((await send(sari, '~'.repeat(100), { amount: 1 })).status).toBe(201)
})

describe('a form', () => {
  test('that is sent twice books once and says when', async () => {
    const page = { amount: '12,5', requestId: 'formulir-1' }
    const first = await sari.submit('/stock/out', page)
    expect(first.status).toBe(303)
    depot.pass({ minutes: 3 })
    const again = await sari.submit('/stock/out', page)
    expect(again.status).toBe(303)
    const shown = await (await sari.get(again.headers.get('Location') ?? '')).text()
    expect(shown).toContain('Sudah tercatat pukul 14.05')
    expect(shown).toContain('dibukukan sekali saja')
    expect(await balanceOf(depot.db, 'GENSET')).toBe(98_750n)
  })

  test('that htmx sends twenty times at once books once', async () => {
    const page = await (await sari.get('/stock/out')).text()
    const formToken = /name="formToken" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const fields = { formToken, amount: '12,5', requestId: 'formulir-2' }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => sari.post('/stock/out', fields, { 'HX-Request': 'true' })),
    )
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('Sudah tercatat pukul 14.05')
    }
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('with a key of somebody else is refused and shows nothing of the entry', async () => {
    const fields = { amount: '12,5', requestId: 'formulir-3', location: 'GENSET' }
    await sari.submit('/stock/out', { ...fields, notes: 'rahasia' })
    const answer = await wati.submit('/stock/out', fields)
    expect(answer.status).toBe(409)
    expect(await answer.text()).not.toMatch(/rahasia/)
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('of another tab has a key of its own', async () => {
    await sari.submit('/stock/out', { amount: '1' })
    await sari.submit('/stock/out', { amount: '1' })
    expect(await countEntries(depot.db)).toBe(3)
  })
})
