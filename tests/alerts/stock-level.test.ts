import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
import { fallLow, limit, messagesOf, openGenset, toldBy } from '#tests/alerts/setting.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const eventsOf = async () => (await toldBy(depot.db)).map(({ event }) => event)

async function lowSince(code = 'GENSET') {
  const [row] = await depot.db
    .select({ lowSince: locationBalances.lowSince })
    .from(locationBalances)
    .innerJoin(locations, eq(locations.id, locationBalances.locationId))
    .where(eq(locations.code, code))
  return row?.lowSince ?? null
}

test('a location that falls under its threshold is told of once in each channel', async () => {
  await fallLow(depot)
  const { now } = depot.clock
  const messages = await messagesOf(depot.db)
  expect(messages.map(({ channel }) => channel)).toEqual(['email', 'webhook'])
  for (const { deliveryId, payload, dueAt, attempts } of messages) {
    expect({ dueAt, attempts }).toEqual({ dueAt: now, attempts: 0 })
    expect(JSON.parse(payload)).toEqual({
      id: deliveryId,
      event: 'stock.low',
      location: 'GENSET',
      name: 'GENSET',
      litres: '4200.00',
      thresholdLitres: '5000.00',
      at: now.toISOString(),
    })
  }
  expect(await lowSince()).toEqual(now)
  depot.pass({ hours: 1 })
  await use(await depot.signIn('sari'), { amount: 100 })
  expect(await eventsOf()).toEqual(['stock.low'])
  expect(await lowSince()).toEqual(now)
})

test('what is told does not change with the location’s name afterwards', async () => {
  await fallLow(depot)
  await depot.db.update(locations).set({ name: 'Lain' }).where(eq(locations.code, 'GENSET'))
  expect(await toldBy(depot.db, 'email')).toMatchObject([{ name: 'GENSET' }])
})

test('a recovery is told of, and the next shortage again', async () => {
  await fallLow(depot)
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 800 })
  expect(await eventsOf()).toEqual(['stock.low', 'stock.recovered'])
  expect(await lowSince()).toBeNull()
  await use(wati, { location: 'GENSET', amount: '0.01' })
  expect((await toldBy(depot.db)).map(({ litres }) => litres)).toEqual([
    '4200.00',
    '5000.00',
    '4999.99',
  ])
})

test('a correction that takes the stock over its threshold again is a recovery', async () => {
  await openGenset(depot)
  const wati = await depot.signIn('wati')
  const wrong = await use(wati, { location: 'GENSET', amount: 1800 })
  await correct(wati, { entryId: wrong.id, replacement: { amount: '180' } })
  expect(await toldBy(depot.db)).toMatchObject([
    { event: 'stock.low', litres: '4200.00' },
    { event: 'stock.recovered', litres: '5820.00' },
  ])
})

test('a booking that is refused tells nothing', async () => {
  await openGenset(depot)
  const wati = await depot.signIn('wati')
  const usage = { location: 'GENSET', amount: 7000 }
  expect((await wati.api('POST', '/api/stock/out', usage)).status).toBe(422)
  expect(await messagesOf(depot.db)).toEqual([])
})

describe('a threshold that moves', () => {
  beforeEach(() => openGenset(depot))

  test('over what is left makes the location low, back below it lets it recover', async () => {
    await limit(depot, 'GENSET', 6000.01)
    expect(await eventsOf()).toEqual(['stock.low'])
    expect(await lowSince()).toEqual(depot.clock.now)
    await limit(depot, 'GENSET', 6000)
    expect(await toldBy(depot.db)).toMatchObject([
      { event: 'stock.low', litres: '6000.00', thresholdLitres: '6000.01' },
      { event: 'stock.recovered', litres: '6000.00', thresholdLitres: '6000.00' },
    ])
    expect(await lowSince()).toBeNull()
  })

  test('and is taken away ends the shortage', async () => {
    await limit(depot, 'GENSET', 9000)
    await limit(depot, 'GENSET', null)
    expect(await toldBy(depot.db)).toMatchObject([
      { event: 'stock.low' },
      { event: 'stock.recovered', thresholdLitres: null },
    ])
  })

  test('where the stock stays on its side tells nothing', async () => {
    await limit(depot, 'GENSET', 5500)
    await limit(depot, 'GENSET', null)
    expect(await eventsOf()).toEqual([])
  })

  test('against a flood of usages leaves the mark that fits the last of both', async () => {
    const sari = await depot.signIn('sari')
    const usages = Array.from({ length: 12 }, () => use(sari, { amount: 100 }))
    await Promise.all([...usages, limit(depot, 'GENSET', 5500), limit(depot, 'GENSET', 4000)])
    await limit(depot, 'GENSET', 4900)
    expect(await lowSince()).not.toBeNull()
    const events = await eventsOf()
    expect(events.at(-1)).toBe('stock.low')
    for (const [at, event] of events.entries()) expect(event).not.toBe(events[at - 1])
  })
})

test('nothing is said of a location where nothing was booked yet', async () => {
  await limit(depot, 'TUG_ASSIST', 1000)
  const wati = await depot.signIn('wati')
  expect(await lowSince('TUG_ASSIST')).toBeNull()
  await deliver(wati, { location: 'TUG_ASSIST', amount: 2000 })
  expect(await eventsOf()).toEqual([])
  await limit(depot, 'GENSET', 1000)
  await deliver(wati, { location: 'GENSET', amount: 300 })
  expect(await toldBy(depot.db)).toMatchObject([{ event: 'stock.low', litres: '300.00' }])
})
