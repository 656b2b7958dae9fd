import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { locations } from '#src/database/schema/locations.ts'
import { dataOf, LocationJson, refusalOf, SummaryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const NEW = { code: 'DERMAGA-2', name: 'Dermaga 2' }
const everything = () => depot.db.select().from(locations).orderBy(locations.id)
const list = async () => dataOf(await agus.get('/api/locations'), z.array(LocationJson))

describe('GET /api/locations', () => {
  test('answers the two that every depot begins with, without capacity and threshold', async () => {
    const found = await list()
    expect(found.map(({ code }) => code)).toEqual(['GENSET', 'TUG_ASSIST'])
    for (const place of found)
      expect(place).toMatchObject({ capacity: null, lowStockThreshold: null, active: true })
  })
})

describe('POST /api/locations', () => {
  test('makes a location at which fuel can be booked at once, also for days before it was made', async () => {
    const body = { ...NEW, capacity: '25000', lowStockThreshold: 1500.5 }
    const response = await agus.api('POST', '/api/locations', body)
    expect(response.status).toBe(201)
    expect(await dataOf(response, LocationJson)).toEqual({
      id: expect.any(Number),
      ...NEW,
      capacity: '25000.00',
      lowStockThreshold: '1500.50',
      active: true,
    })
    const entry = await deliver(agus, {
      location: NEW.code,
      amount: 10,
      occurredAt: '2020-01-01T08:00',
    })
    expect(entry.balanceAfter).toBe('10.00')
    const summary = await dataOf(await agus.get('/api/stock/summary'), SummaryJson)
    expect(summary.find(({ location }) => location === NEW.code)).toMatchObject({
      lowStock: true,
      balance: '10.00',
    })
    const { audit, chains } = await booksOf(depot.db)
    expect(chains).toHaveLength(4)
    expect(audit.filter(({ action }) => action === 'location.create').at(-1)?.userId).toBe(
      depot.ids.agus,
    )
  })

  test('refuses a code that is taken, and many at once make one', async () => {
    const taken = await agus.api('POST', '/api/locations', { ...NEW, code: 'GENSET' })
    expect(taken.status).toBe(409)
    expect(Object.keys((await refusalOf(taken)).details)).toEqual(['code'])
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => agus.api('POST', '/api/locations', NEW)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(409)])
    expect(await everything()).toHaveLength(3)
    expect((await booksOf(depot.db)).chains).toHaveLength(4)
  })

  const BAD: [string, unknown][] = [
    ['code', undefined],
    ['code', ''],
    ['code', 'dermaga'],
    ['code', 'A B'],
    ['code', 'A'.repeat(33)],
    ['code', '\u00c9'],
    ['code', 5],
    ['code', '_A'],
    ['code', 'A\n'],
    ['code', '%'],
    ['name', undefined],
    ['name', ''],
    ['name', ' '],
    ['name', 'a'.repeat(101)],
    ['name', 5],
    ['name', 'a\0b'],
    ['name', 'a\tb'],
    ['name', 'a\ud83d'],
    ['capacity', 0],
    ['capacity', -5],
    ['capacity', 'banyak'],
    ['capacity', 1.005],
    ['capacity', '1e3'],
    ['capacity', '0x10'],
    ['capacity', 1e12],
    ['capacity', true],
    ['capacity', [5]],
    ['lowStockThreshold', -1],
    ['lowStockThreshold', '1.250,50'],
    ['lowStockThreshold', {}],
    ['active', 'true'],
    ['active', 1],
    ['id', 5],
    ['createdAt', '2020-01-01'],
    ['balance', 100],
    ['capacityLitres', 5],
  ]
  test.each(BAD)('refuses %s as %j at the field and makes nothing', async (field, value) => {
    const before = await everything()
    const response = await agus.api('POST', '/api/locations', { ...NEW, [field]: value })
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    expect(await everything()).toEqual(before)
  })
})

describe('PATCH /api/locations/:id', () => {
  test('changes what is named, leaves the rest and takes a limit away again', async () => {
    const [genset] = await list()
    const path = `/api/locations/${genset?.id}`
    const limited = await dataOf(
      await agus.api('PATCH', path, { capacity: 100, name: 'Genset utama' }),
      LocationJson,
    )
    expect(limited).toMatchObject({ code: 'GENSET', name: 'Genset utama', capacity: '100.00' })
    const free = await dataOf(await agus.api('PATCH', path, { capacity: null }), LocationJson)
    expect(free).toMatchObject({ name: 'Genset utama', capacity: null })
    const changes = (await booksOf(depot.db)).audit.filter(
      ({ action }) => action === 'location.change',
    )
    expect(changes.map(({ subject }) => subject)).toEqual(Array(2).fill(`location:${genset?.id}`))
    expect(JSON.parse(changes[1]?.before ?? '')).toMatchObject({ capacityLitres: '100.00' })
  })

  test('closes a location: its books stay to be read and nothing more is booked', async () => {
    const [genset] = await list()
    await deliver(agus, { location: 'GENSET', amount: 5 })
    await agus.api('PATCH', `/api/locations/${genset?.id}`, { active: false })
    const refused = await agus.api('POST', '/api/stock/out', { location: 'GENSET', amount: 1 })
    expect(refused.status).toBe(422)
    expect(await (await agus.get('/history?location=GENSET')).text()).toContain('id="entry-')
  })

  test('refuses a taken code, unknown fields and what makes no sense, and changes nothing', async () => {
    const [genset] = await list()
    const before = await everything()
    const statusOf = async (change: unknown) =>
      (await agus.api('PATCH', `/api/locations/${genset?.id}`, change)).status
    expect(await statusOf({ code: 'TUG_ASSIST' })).toBe(409)
    expect(await statusOf({ id: 7 })).toBe(422)
    expect(await statusOf({ name: '' })).toBe(422)
    expect(await statusOf({ capacity: -1 })).toBe(422)
    expect(await everything()).toEqual(before)
  })

  test.each(['999999', '0', 'x', '-1', '1.5', '1e0'])('is 404 for %s', async (id) => {
    expect((await agus.api('PATCH', `/api/locations/${id}`, { name: 'X' })).status).toBe(404)
  })
})
