import { afterEach, expect, test } from 'bun:test'
import { verifyBooks } from '#src/ledger/verify.ts'
import { bringIn, makeLedger } from '#tests/imports/bring-in.ts'
import { HistoryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, correct, deliver, use } from '#tests/support/books.ts'

let depot: Depot
afterEach(() => depot.close())

async function takeOut(format: string): Promise<Uint8Array> {
  const wati = await depot.signIn('wati')
  const response = await wati.get(`/api/stock/export?format=${format}`)
  expect(response.status).toBe(200)
  return new Uint8Array(await response.arrayBuffer())
}

/** Every entry that counts, as far as a file can tell it, in the order of the ledger. */
async function standing() {
  const wati = await depot.signIn('wati')
  const response = await wati.get('/api/stock/history?sort=date&limit=100')
  const { data } = HistoryJson.parse(await response.json())
  return data
    .filter(({ reversesId, reversedById }) => reversesId === null && reversedById === null)
    .map(({ type, kind, amount, location, occurredAt, notes, reference, balanceAfter }) => ({
      ...{ type, kind, amount, location, occurredAt, notes, reference, balanceAfter },
    }))
}

const ODD_NOTES = [
  '=SUM(A1:A9)',
  "'=x",
  "''",
  '+62 411',
  '-',
  '@audit',
  'satu\r\ndua\n"tiga"; 4, 5',
  ' spasi ',
]

/** An opening stock and a delivery dated before it, reversed pairs with and without a replacement, one minute with several entries, odd texts. */
async function keepBooks(): Promise<void> {
  const opening = 'tanggal,jenis,lokasi,jumlah\n2026-11-01T08:00,IN,GENSET,1000\n'
  expect((await bringIn(depot, opening, { opening: { GENSET: 50_050n } })).outcome).toBe('booked')
  const wati = await depot.signIn('wati')
  const at = (occurredAt: string, location = 'GENSET') => ({ location, occurredAt })
  await deliver(wati, { ...at('2026-10-30T08:00'), amount: 20 })
  await deliver(wati, { ...at('2026-11-02T08:00', 'TUG_ASSIST'), amount: 1250 })
  const wrong = await deliver(wati, { ...at('2026-11-03T08:00'), amount: 500, reference: '=DO' })
  await use(wati, { ...at('2026-11-03T08:00'), amount: '1600.25' })
  await correct(wati, { entryId: wrong.id, replacement: { amount: 800 } })
  const extra = await use(wati, { ...at('2026-11-04T08:00', 'TUG_ASSIST'), amount: 3 })
  await correct(wati, { entryId: extra.id })
  for (const notes of ODD_NOTES) await use(wati, { ...at('2026-11-05T00:00'), amount: 1, notes })
}

test.each(['csv', 'csv-id'])(
  '%s brought into an empty depot gives the same books',
  async (format) => {
    depot = await openDepot()
    await keepBooks()
    const before = await standing()
    const file = await takeOut(format)
    await depot.close()

    depot = await openDepot()
    const { outcome, sentences, booked, skipped } = await bringIn(depot, file)
    expect({ outcome, sentences }).toEqual({ outcome: 'booked', sentences: [] })
    expect({ booked, skipped }).toEqual({ booked: before.length, skipped: 0 })
    expect(await standing()).toEqual(before)
    expect((await verifyBooks(depot.system, () => undefined)).differences).toBe(0)
  },
)

test.each([
  { style: 'plain', format: 'csv-id' },
  { style: 'excel-id', format: 'csv' },
])('a ledger of 3,000 rows goes out as $format and in again', async ({ style, format }) => {
  const { text, expected } = makeLedger({ seed: 9, rows: 3_000, style })
  depot = await openDepot()
  await bringIn(depot, text)
  const file = await takeOut(format)
  await depot.close()

  depot = await openDepot()
  expect(await bringIn(depot, file)).toMatchObject({ outcome: 'booked', booked: 3_000 })
  for (const [code, litres] of Object.entries(expected.balances))
    expect(await balanceOf(depot.db, code)).toBe(BigInt(litres.replace('.', '')))
  const again = await bringIn(depot, file)
  expect(again).toMatchObject({ booked: 0, skipped: 3_000 })
})
