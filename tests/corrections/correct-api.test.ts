import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import { consumers, locations } from '#src/database/schema/locations.ts'
import {
  expectRefused,
  openCorrectable,
  REASON as reason,
  send,
} from '#tests/corrections/setting.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { differencesIn } from '#tests/ledger/verifying.ts'
import { CorrectionJson, dataOf, HistoryJson, TrendJson } from '#tests/support/answers.ts'
import type { Depot } from '#tests/support/app.ts'
import { balanceOf, booksOf, correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
let sari: Client
let deliveryId: number
let usageId: number
beforeEach(async () => {
  await depot?.close()
  ;({ depot, wati, sari, deliveryId, usageId } = await openCorrectable({
    amount: '287.50',
    notes: 'beban 65%',
  }))
})
afterAll(() => depot.close())

const differences = () => differencesIn(depot)

describe('POST /api/stock/corrections', () => {
  test('books the opposite and the right figure, and leaves the original as it was', async () => {
    const original = (await booksOf(depot.db)).entries.find(({ id }) => id === usageId)
    const response = await send(wati, { entryId: usageId, replacement: { amount: '278.50' } })
    expect(response.status).toBe(201)
    const { reversal, replacement } = await dataOf(response, CorrectionJson)
    expect(reversal).toMatchObject({
      type: 'IN',
      kind: 'reversal',
      amount: '287.50',
      notes: reason,
      reversesId: usageId,
      userName: 'Wati Lestari',
    })
    expect(replacement).toMatchObject({ type: 'OUT', kind: 'usage', amount: '278.50' })
    expect(replacement?.balanceAfter).toBe('4721.50')
    expect(await balanceOf(depot.db, 'GENSET')).toBe(472_150n)
    const { entries } = await booksOf(depot.db)
    expect(entries.find(({ id }) => id === usageId)).toEqual(original)
    expect(entries.find(({ id }) => id === replacement?.id)?.replacesId).toBe(usageId)
    expect(await differences()).toEqual([])
  })

  test('without a replacement takes the entry out of the books', async () => {
    const { replacement } = await correct(wati, { entryId: usageId })
    expect(replacement).toBeNull()
    expect(await balanceOf(depot.db, 'GENSET')).toBe(500_000n)
    expect(await differences()).toEqual([])
  })

  test('mends a delivery whose fuel is already used, in one step and within one minute', async () => {
    await use(sari, { amount: '4712.50' })
    const whole = { entryId: deliveryId }
    expect((await expectRefused(depot, send(wati, whole), 422)).error).toContain('stok menjadi')
    await correct(wati, { ...whole, replacement: { amount: 8000 } })
    expect(await balanceOf(depot.db, 'GENSET')).toBe(300_000n)

    const same = { location: 'TUG_ASSIST', occurredAt: '2026-11-23T09:00' }
    const typed = await deliver(wati, { ...same, amount: 5000 })
    await use(wati, { ...same, amount: 5000 })
    await correct(wati, { entryId: typed.id, replacement: { amount: 8000 } })
    expect(await balanceOf(depot.db, 'TUG_ASSIST')).toBe(300_000n)
    expect(await differences()).toEqual([])
  })

  test('refuses what a later moment cannot bear, naming it and the litres', async () => {
    await use(sari, { amount: '4712.50' })
    const tooLittle = { entryId: deliveryId, replacement: { amount: 4880 } }
    const { error, details } = await expectRefused(depot, send(wati, tooLittle), 422)
    expect(error).toBe('Stok tidak mencukupi. Pada 23/11/2026 14.05 stok menjadi −120,00 liter.')
    expect(Object.keys(details)).toEqual(['replacement.amount'])
  })

  test('moves an entry to another day, with the figures of both', async () => {
    const replacement = { amount: '287.50', occurredAt: '2026-11-22T10:55' }
    const corrected = await correct(wati, { entryId: usageId, replacement })
    expect(corrected.replacement?.occurredAt).toBe('2026-11-22T02:55:00.000Z')
    const trend = await dataOf(
      await wati.get('/api/stock/trend?startDate=2026-11-22&endDate=2026-11-23&location=GENSET'),
      TrendJson,
    )
    expect(trend.map(({ date, out }) => [date, out])).toEqual([
      ['2026-11-22', '287.50'],
      ['2026-11-23', '0.00'],
    ])
    expect(await differences()).toEqual([])
    const early = { amount: 1, occurredAt: '2026-11-21T10:55' }
    const again = { entryId: corrected.replacement?.id, replacement: early }
    expect((await expectRefused(depot, send(wati, again), 422)).error).toContain('21/11/2026 10.55')
    const future = {
      entryId: deliveryId,
      replacement: { amount: 1, occurredAt: '2026-11-24T00:00' },
    }
    const { details } = await expectRefused(depot, send(wati, future), 422)
    expect(details['replacement.occurredAt']).toContain('belum terjadi')
  })

  test('keeps what the replacement leaves out, and takes away what it says is null', async () => {
    const [place] = await depot.db.select().from(locations).where(eq(locations.code, 'GENSET'))
    const genset = { name: 'Genset #2', kind: 'genset', locationId: place?.id ?? 0 } as const
    await depot.db.insert(consumers).values(genset)
    const entry = await use(sari, { amount: 5, notes: 'a', reference: 'b', consumer: 'Genset #2' })
    const isGenset = and(
      eq(consumers.locationId, genset.locationId),
      eq(consumers.name, genset.name),
    )
    // What an entry says stays true after its genset was taken out of use.
    await depot.db.update(consumers).set({ active: false }).where(isGenset)
    const kept = await correct(wati, { entryId: entry.id, replacement: { amount: 6 } })
    expect(kept.replacement).toMatchObject({ notes: 'a', reference: 'b', consumer: 'Genset #2' })
    const nothing = { amount: 6, notes: null, reference: null, consumer: null }
    const cleared = await correct(wati, { entryId: kept.replacement?.id, replacement: nothing })
    expect(cleared.replacement).toMatchObject({ notes: null, reference: null, consumer: null })
    const back = { amount: 6, consumer: 'Genset #2' }
    const refused = send(wati, { entryId: cleared.replacement?.id, replacement: back })
    expect((await expectRefused(depot, refused, 422)).details).toHaveProperty([
      'replacement.consumer',
    ])
  })

  test('corrects an opening, and never to after the first entry', async () => {
    const opening = { location: 'TUG_ASSIST', amount: 100, kind: 'opening' }
    const first = await deliver(wati, { ...opening, occurredAt: '2026-11-20T00:00' })
    await use(wati, { location: 'TUG_ASSIST', amount: 90, occurredAt: '2026-11-21T08:00' })
    const { replacement } = await correct(wati, { entryId: first.id, replacement: { amount: 120 } })
    expect(replacement).toMatchObject({ kind: 'opening', amount: '120.00' })
    const late = { amount: 120, occurredAt: '2026-11-22T08:00' }
    const refused = await expectRefused(
      depot,
      send(wati, { entryId: replacement?.id, replacement: late }),
      422,
    )
    expect(refused.details).toHaveProperty(['replacement.occurredAt'])
    expect(await differences()).toEqual([])
  })

  test('corrects an imported entry, and the file books nothing again', async () => {
    const file = csv('2026-11-21T08:00,IN,TUG_ASSIST,1000,isi,DO 9')
    await bringIn(depot, file)
    const { data } = HistoryJson.parse(
      await (await wati.get('/api/stock/history?location=TUG_ASSIST')).json(),
    )
    await correct(wati, { entryId: data[0]?.id, replacement: { amount: 100 } })
    expect(await bringIn(depot, file)).toMatchObject({ booked: 0, skipped: 1 })
    expect(await balanceOf(depot.db, 'TUG_ASSIST')).toBe(10_000n)
    expect(await differences()).toEqual([])
  })
})
