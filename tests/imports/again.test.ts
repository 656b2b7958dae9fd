import { afterAll, beforeEach, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { lockLocation } from '#src/ledger/locked.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, correct, countEntries, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const FILLED = '2026-01-01T08:00,IN,GENSET,1000,isi,DO 1'
const USED = '2026-01-02T08:00,OUT,GENSET,10.25,,'

test('a file that has grown adds its new rows and skips the others', async () => {
  await bringIn(depot, csv(FILLED, USED))
  const grown = await bringIn(depot, csv(FILLED, USED, '2026-01-03T08:00,OUT,GENSET,5,,'))
  expect(grown).toMatchObject({ rows: 3, booked: 1, skipped: 2 })
  expect(await balanceOf(depot.db, 'GENSET')).toBe(98_475n)
})

test('identical rows are as many entries as there are rows, and not one more the second time', async () => {
  expect(await bringIn(depot, csv(FILLED, USED, USED, USED))).toMatchObject({ booked: 4 })
  expect(await bringIn(depot, csv(FILLED, USED, USED, USED))).toMatchObject({
    booked: 0,
    skipped: 4,
  })
  expect(await bringIn(depot, csv(FILLED, USED, USED, USED, USED))).toMatchObject({ booked: 1 })
  expect(await balanceOf(depot.db, 'GENSET')).toBe(95_900n)
})

test('the same rows in another style are the same rows', async () => {
  await bringIn(depot, csv(FILLED, USED))
  const text =
    '\ufeffReferensi;Keterangan;Jumlah;Lokasi;Jenis;Tanggal\r\nDO 1;isi;1.000,00;genset;Stok masuk;01/01/2026 8.00\r\n;;10,25;GENSET;Pemakaian;02/01/2026 08:00:59\r\n'
  expect(await bringIn(depot, text)).toMatchObject({ booked: 0, skipped: 2 })
})

test('a row is not booked again once its entry was corrected', async () => {
  await bringIn(depot, csv(FILLED, USED))
  const { entries } = await booksOf(depot.db)
  const used = entries.find(({ type }) => type === 'OUT')
  if (!used) throw new Error('the usage was not booked')
  await correct(await depot.signIn('wati'), { entryId: used.id })
  expect(await bringIn(depot, csv(FILLED, USED))).toMatchObject({ booked: 0, skipped: 2 })
})

test('what was booked by hand before and after is judged together with the file', async () => {
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', occurredAt: '2025-12-31T08:00', amount: 100 })
  const late = await use(wati, {
    location: 'GENSET',
    occurredAt: '2026-01-05T08:00',
    amount: 90,
  })
  const early = await bringIn(depot, csv('2026-01-02T08:00,OUT,GENSET,20,,'))
  expect(early.outcome).toBe('refused')
  expect(early.sentences).toEqual([
    `GENSET: pada 05/01/2026 08.00 (catatan ${late.id} di buku) stok kurang 10,00 liter. Buku perlu stok awal 10,00 liter lebih banyak`,
  ])
  expect(await countEntries(depot.db)).toBe(2)
  const enough = await bringIn(
    depot,
    csv('2026-01-02T08:00,OUT,GENSET,20,,', '2026-01-04T08:00,IN,GENSET,10,,'),
  )
  expect(enough).toMatchObject({ outcome: 'booked', booked: 2 })
  expect(await balanceOf(depot.db, 'GENSET')).toBe(0n)
})

test('within a minute the books come first, then the file in its own order', async () => {
  const rows = ['2026-01-01T08:00,IN,GENSET,10,,', '2026-01-01T08:00,OUT,GENSET,10,,']
  expect(await bringIn(depot, csv(...rows.toReversed()))).toMatchObject({ outcome: 'refused' })
  expect(await bringIn(depot, csv(...rows))).toMatchObject({ outcome: 'booked' })
})

test('within a minute the file is read backwards where it runs newest first', async () => {
  const rows = [
    '2026-01-02T08:00,OUT,GENSET,1,,',
    '2026-01-01T08:00,OUT,GENSET,9,,',
    '2026-01-01T08:00,IN,GENSET,10,,',
  ]
  expect(await bringIn(depot, csv(...rows))).toMatchObject({ outcome: 'booked' })
  const { entries } = await booksOf(depot.db)
  expect(entries.map(({ litres }) => litres)).toEqual([1000n, 900n, 100n])
})

test('two imports of one file at once book it once', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, day) => `2026-01-01T08:${10 + (day % 50)},IN,GENSET,1,${day},`,
  )
  const results = await Promise.all([1, 2, 3].map(() => bringIn(depot, csv(...rows))))
  expect(results.map(({ booked }) => booked).toSorted()).toEqual([0, 0, 300])
  expect(await balanceOf(depot.db, 'GENSET')).toBe(30_000n)
})

test('a file waits while others write to its locations', async () => {
  const [genset] = await depot.db.select().from(locations).where(eq(locations.code, 'GENSET'))
  let isDone = false
  const { bringing } = await inTransaction(depot.db, async (tx) => {
    await lockLocation(tx, genset?.id ?? 0, 'Asia/Makassar')
    const bringing = bringIn(depot, csv(FILLED, USED)).finally(() => {
      isDone = true
    })
    await Bun.sleep(500)
    expect(isDone).toBe(false)
    return { bringing }
  })
  expect(await bringing).toMatchObject({ booked: 2 })
})
