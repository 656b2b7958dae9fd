import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { dataOf, EntryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, countEntries, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

describe('POST /api/stock/in and /api/stock/out', () => {
  test('books a delivery and answers the entry with what is left after it', async () => {
    const wati = await depot.signIn('wati')
    const sent = { location: 'GENSET', amount: '1250.50', notes: 'truk 1', reference: 'DO-1' }
    const response = await wati.api('POST', '/api/stock/in', sent)
    expect(response.status).toBe(201)
    expect(await dataOf(response, EntryJson)).toEqual({
      id: expect.any(Number),
      type: 'IN',
      kind: 'delivery',
      amount: '1250.50',
      location: 'GENSET',
      occurredAt: '2026-11-23T06:05:00.000Z',
      recordedAt: '2026-11-23T06:05:00.000Z',
      userName: 'Wati Lestari',
      notes: 'truk 1',
      reference: 'DO-1',
      consumer: null,
      reversesId: null,
      reversedById: null,
      balanceAfter: '1250.50',
    })
    expect(await balanceOf(depot.db, 'GENSET')).toBe(125_050n)
    expect(await balanceOf(depot.db, 'TUG_ASSIST')).toBe(0n)
  })

  test("books a clerk's usage at the clerk's own location when none is named", async () => {
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
    const entry = await use(await depot.signIn('sari'), { amount: 0.01 })
    expect(entry).toMatchObject({ type: 'OUT', kind: 'usage', location: 'GENSET' })
    expect(entry).toMatchObject({
      amount: '0.01',
      balanceAfter: '99.99',
      userName: 'Sari Wulandari',
    })
  })

  test('cuts the time of booking to the minute and keeps its milliseconds as the time of recording', async () => {
    depot.clock.now = new Date('2026-11-23T06:05:59.987Z')
    const entry = await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: '1' })
    expect(entry.occurredAt).toBe('2026-11-23T06:05:00.000Z')
    expect(entry.recordedAt).toBe('2026-11-23T06:05:59.987Z')
  })

  test('takes a whole tank to its last hundredth and not a hundredth more', async () => {
    const wati = await depot.signIn('wati')
    await deliver(wati, { location: 'GENSET', amount: '9999999999.99' })
    const before = await booksOf(depot.db)
    const refused = await wati.api('POST', '/api/stock/out', {
      location: 'TUG_ASSIST',
      amount: '0.01',
    })
    expect(refused.status).toBe(422)
    expect(await booksOf(depot.db)).toEqual(before)
    const last = await use(wati, { location: 'GENSET', amount: '9999999999.99' })
    expect(last.balanceAfter).toBe('0.00')
  })

  test('refuses usage larger than the balance, says what is left and what to do next', async () => {
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: '1234.50' })
    const sari = await depot.signIn('sari')
    const before = await booksOf(depot.db)
    const response = await sari.api('POST', '/api/stock/out', { amount: '1234.51' })
    expect(response.status).toBe(422)
    const { error, details } = await refusalOf(response)
    expect(error).toBe('Stok tidak mencukupi. Sisa: 1.234,50 liter.')
    expect(details.amount).toStartWith(error)
    expect(details.amount).toContain('minta supervisor')
    expect(await booksOf(depot.db)).toEqual(before)
  })

  test('gives exactly ten of fifty parallel usages of 10 L out of 100 L', async () => {
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
    const sari = await depot.signIn('sari')
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => sari.api('POST', '/api/stock/out', { amount: 10 })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(10)
    expect(statuses.filter((status) => status === 422)).toHaveLength(40)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(0n)
    expect(await countEntries(depot.db)).toBe(11)
  })

  test('gives every one of thirty parallel bookings a balance of its own', async () => {
    const wati = await depot.signIn('wati')
    const booked = await Promise.all(
      Array.from({ length: 30 }, () => deliver(wati, { location: 'GENSET', amount: '0.10' })),
    )
    const balances = booked
      .map(({ balanceAfter }) => Number(balanceAfter) * 100)
      .sort((a, b) => a - b)
    expect(balances.map(Math.round)).toEqual(Array.from({ length: 30 }, (_, at) => (at + 1) * 10))
  })
})

describe('where and for whom', () => {
  test('refuses a location that is unknown, inactive or not named, and books nothing', async () => {
    const wati = await depot.signIn('wati')
    await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'TUG_ASSIST'))
    for (const location of ['DERMAGA', 'genset', 'TUG_ASSIST', undefined]) {
      const response = await wati.api('POST', '/api/stock/in', { location, amount: 5 })
      expect(response.status).toBe(422)
      expect(Object.keys((await refusalOf(response)).details)).toEqual(['location'])
    }
    expect(await countEntries(depot.db)).toBe(0)
  })

  test('books usage for a consumer of the location and for no other', async () => {
    const [genset] = await depot.db.select().from(locations).where(eq(locations.code, 'GENSET'))
    const locationId = genset?.id ?? 0
    await depot.db.insert(consumers).values([
      { locationId, name: 'Genset 1', kind: 'genset' },
      { locationId, name: 'Genset 2', kind: 'genset', active: false },
    ])
    const wati = await depot.signIn('wati')
    await deliver(wati, { location: 'GENSET', amount: 100 })
    await deliver(wati, { location: 'TUG_ASSIST', amount: 100 })
    const entry = await use(wati, { location: 'GENSET', amount: 5, consumer: 'Genset 1' })
    expect(entry.consumer).toBe('Genset 1')
    for (const [location, consumer] of [
      ['GENSET', 'Genset 2'],
      ['GENSET', 'Genset 3'],
      ['GENSET', 'genset 1'],
      ['TUG_ASSIST', 'Genset 1'],
    ]) {
      const response = await wati.api('POST', '/api/stock/out', { location, amount: 5, consumer })
      expect(response.status).toBe(422)
      expect(Object.keys((await refusalOf(response)).details)).toEqual(['consumer'])
    }
    expect(await countEntries(depot.db)).toBe(3)
  })

  test('books a delivery that takes the location over its capacity, and marks it', async () => {
    const small = { capacityLitres: 100_000n }
    await depot.db.update(locations).set(small).where(eq(locations.code, 'GENSET'))
    const wati = await depot.signIn('wati')
    await deliver(wati, { location: 'GENSET', amount: 1000 })
    const asked = { location: 'GENSET', amount: '0.01', confirmUnusual: true }
    const over = await deliver(wati, asked)
    const rows = await depot.db.select().from(entries)
    expect(rows.map(({ overCapacity }) => overCapacity)).toEqual([false, true])
    expect(over.balanceAfter).toBe('1000.01')
  })
})

describe('the opening', () => {
  test('is booked once a location, before its first entry', async () => {
    const wati = await depot.signIn('wati')
    const fields = { location: 'GENSET', amount: 500, kind: 'opening' }
    await deliver(wati, { location: 'GENSET', amount: 7, occurredAt: '2026-11-20T08:00' })
    const late = await wati.api('POST', '/api/stock/in', fields)
    expect(late.status).toBe(422)
    expect((await refusalOf(late)).details.occurredAt).toContain('20/11/2026 08.00')
    const opening = await deliver(wati, { ...fields, occurredAt: '2026-11-20T07:59' })
    expect(opening).toMatchObject({ kind: 'opening', type: 'IN', balanceAfter: '500.00' })
    const second = await wati.api('POST', '/api/stock/in', {
      ...fields,
      occurredAt: '2026-11-01T00:00',
    })
    expect(second.status).toBe(422)
    expect(Object.keys((await refusalOf(second)).details)).toEqual(['kind'])
    const elsewhere = await deliver(wati, { ...fields, location: 'TUG_ASSIST' })
    expect(elsewhere.kind).toBe('opening')
  })

  test('is no usage, and many at once book one', async () => {
    const wati = await depot.signIn('wati')
    const fields = { location: 'GENSET', amount: 500, kind: 'opening' }
    expect((await wati.api('POST', '/api/stock/out', fields)).status).toBe(422)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => wati.api('POST', '/api/stock/in', fields)),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(50_000n)
  })
})

test('a location has one opening, also where an older delivery was booked before it', async () => {
  const wati = await depot.signIn('wati')
  const steps = [
    ['delivery', '2026-11-20T10:00', 201],
    ['opening', '2026-11-20T09:59', 201],
    ['delivery', '2026-11-18T10:00', 201],
    ['opening', '2026-11-17T10:00', 422],
  ] as const
  for (const [kind, occurredAt, status] of steps) {
    const body = {
      location: 'TUG_ASSIST',
      amount: 10,
      occurredAt,
      ...(kind === 'opening' && { kind }),
    }
    expect((await wati.api('POST', '/api/stock/in', body)).status).toBe(status)
  }
})
