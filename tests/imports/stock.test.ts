import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { verifyBooks } from '#src/ledger/verify.ts'
import { Rejected } from '#src/rejected.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, countEntries, deliver, everythingIn } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const SHORT = csv(
  '2026-01-01T08:00,IN,GENSET,100,,',
  '2026-01-02T08:00,OUT,GENSET,130.25,,',
  '2026-01-03T08:00,OUT,TUG_ASSIST,5,,',
  '2026-01-04T08:00,OUT,GENSET,20,,',
  '2026-01-05T08:00,IN,GENSET,500,,',
)

describe('a file that would take a location below zero', () => {
  test('books nothing and names for each location the first moment, the line, the litres and the cure', async () => {
    const before = await everythingIn(depot.db)
    const { outcome, problems, sentences } = await bringIn(depot, SHORT)
    expect({ outcome, problems }).toEqual({ outcome: 'refused', problems: 2 })
    expect(sentences).toEqual([
      'GENSET: pada 02/01/2026 08.00 (baris 3) stok kurang 30,25 liter. Stok awal yang cukup: --opening GENSET=50,25',
      'TUG_ASSIST: pada 03/01/2026 08.00 (baris 4) stok kurang 5,00 liter. Stok awal yang cukup: --opening TUG_ASSIST=5,00',
    ])
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('is booked with exactly the opening stock that it named, and not with a hundredth less', async () => {
    const less = await bringIn(depot, SHORT, { opening: { GENSET: 5024n, TUG_ASSIST: 500n } })
    expect(less.sentences).toEqual([
      'GENSET: pada 04/01/2026 08.00 (baris 5) stok kurang 0,01 liter. Stok awal yang cukup: --opening GENSET=50,25',
    ])
    const enough = { opening: { GENSET: 5025n, TUG_ASSIST: 500n } }
    expect(await bringIn(depot, SHORT, enough)).toMatchObject({ outcome: 'booked', booked: 5 })
    const { entries } = await booksOf(depot.db)
    expect(entries[0]).toMatchObject({ kind: 'opening', litres: 5025n, notes: null })
    expect(entries[0]?.occurredAt.toISOString()).toBe('2025-12-31T23:59:00.000Z')
    expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
    expect(await bringIn(depot, SHORT, enough)).toMatchObject({ booked: 0, skipped: 5 })
    expect(await countEntries(depot.db)).toBe(7)
  })

  test('is told of the stock that is booked already, where another opening cannot be', async () => {
    const wati = await depot.signIn('wati')
    const opening = { location: 'GENSET', occurredAt: '2025-06-01T08:00', amount: 10 }
    await deliver(wati, { ...opening, kind: 'opening' })
    const { sentences } = await bringIn(depot, SHORT)
    expect(sentences[0]).toEndWith('Buku perlu stok awal 40,25 liter lebih banyak')
    await expect(bringIn(depot, SHORT, { opening: { GENSET: 4025n } })).rejects.toThrow(
      'GENSET: Stok awal sudah dicatat pada 01/06/2025 08.00.',
    )
  })
})

test('an opening of a location that the file does not name is refused', async () => {
  const file = csv('2026-01-01T08:00,IN,GENSET,1,,')
  await expect(bringIn(depot, file, { opening: { TUG_ASSIST: 1n } })).rejects.toBeInstanceOf(
    Rejected,
  )
})

test('a dry run says everything and books nothing', async () => {
  const before = await everythingIn(depot.db)
  const file = csv('2026-01-01T08:00,IN,GUDANG_2,100,,', '2026-01-02T08:00,OUT,GUDANG_2,0.01,,')
  const result = await bringIn(depot, file, { dryRun: true, createLocations: true })
  expect(result).toMatchObject({ outcome: 'rehearsed', booked: 2, skipped: 0 })
  expect(result.places).toMatchObject([{ balance: 9999n, rowsIn: 1, rowsOut: 1, litresOut: 1n }])
  expect(await everythingIn(depot.db)).toEqual(before)
})

describe('a location that is not there', () => {
  const file = csv('2026-01-01T08:00,IN,gudang_2,100,,')

  test('is made where that was asked for', async () => {
    expect(await bringIn(depot, file, { createLocations: true })).toMatchObject({ booked: 1 })
    expect(await balanceOf(depot.db, 'GUDANG_2')).toBe(10_000n)
    expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
    expect(await bringIn(depot, file)).toMatchObject({ booked: 0, skipped: 1 })
  })

  test('is not made under a code that a location may not have', async () => {
    const odd = csv('2026-01-01T08:00,IN,Gudang 2,100,,')
    expect(await bringIn(depot, odd, { createLocations: true })).toMatchObject({ problems: 1 })
  })

  test('is not made where the file is refused', async () => {
    const broken = csv('2026-01-01T08:00,OUT,GUDANG_2,100,,')
    expect(await bringIn(depot, broken, { createLocations: true })).toMatchObject({ problems: 1 })
    expect(await balanceOf(depot.db, 'GUDANG_2')).toBe(0n)
  })
})

test('a location that is no longer active takes no rows', async () => {
  await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
  expect(await bringIn(depot, csv('2026-01-01T08:00,IN,GENSET,1,,'))).toMatchObject({ problems: 1 })
})

test('rows over the capacity are booked and marked', async () => {
  await depot.db
    .update(locations)
    .set({ capacityLitres: 10_000n })
    .where(eq(locations.code, 'GENSET'))
  await bringIn(
    depot,
    csv(
      '2026-01-01T08:00,IN,GENSET,100,,',
      '2026-01-02T08:00,IN,GENSET,0.01,,',
      '2026-01-03T08:00,OUT,GENSET,50,,',
      '2026-01-04T08:00,IN,GENSET,49,,',
    ),
  )
  const { entries } = await booksOf(depot.db)
  expect(entries.map(({ overCapacity }) => overCapacity)).toEqual([false, true, false, false])
})
