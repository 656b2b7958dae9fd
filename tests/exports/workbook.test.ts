import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readXlsx } from 'hucre/xlsx'
import { auditChains } from '#src/database/schema/audit.ts'
import type { ExportRow } from '#src/exports/rows.ts'
import { xlsx } from '#src/exports/xlsx.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
  const wati = await depot.signIn('wati')
  const at = (occurredAt: string) => ({ location: 'GENSET', occurredAt })
  await deliver(wati, { ...at('2026-11-01T08:00'), amount: '12500.25', reference: '0012' })
  await use(wati, {
    ...at('2026-11-03T14:05'),
    amount: 30,
    notes: '=1+1 <&> _x0041_\nbaris dua ⛽',
  })
  const wrong = await use(wati, { ...at('2026-11-03T15:05'), amount: '75.50' })
  await correct(wati, { entryId: wrong.id, replacement: { amount: '57.50' } })
})
afterAll(() => depot.close())

async function read(query = '') {
  const wati = await depot.signIn('wati')
  const response = await wati.get(`/stock/export${query}`)
  return readXlsx(new Uint8Array(await response.arrayBuffer()), { readStyles: true })
}

test('a workbook opens again with real dates, numbers and texts that are nothing else', async () => {
  const [stock] = (await read()).sheets
  const [heading, first, second] = stock?.rows ?? []
  expect(heading).toEqual(
    'tanggal jenis lokasi jumlah masuk keluar sisa untuk keterangan referensi oleh status nomor'.split(
      ' ',
    ),
  )
  expect(first?.[0]).toEqual(new Date('2026-11-01T08:00:00Z'))
  expect(first?.slice(1, 7)).toEqual(['Stok masuk', 'GENSET', 12500.25, 12500.25, null, 12500.25])
  expect(first?.[9]).toBe('0012')
  expect(second?.[8]).toBe('=1+1 <&> _x0041_\nbaris dua ⛽')
  expect(second?.[0]).toEqual(new Date('2026-11-03T14:05:00Z'))
})

test('the heading is bold, stays in sight and carries the filter', async () => {
  const [stock] = (await read()).sheets
  expect(stock?.freezePane).toMatchObject({ rows: 1 })
  expect(stock?.autoFilter?.range).toBe('A1:M6')
  expect(stock?.cells?.get('0,0')?.style?.font?.bold).toBe(true)
  expect(stock?.cells?.get('1,3')?.style?.numFmt).toBe('#,##0.00')
})

test('totals are formulas that follow the filter, and a reversed pair comes to nothing', async () => {
  const [stock, about] = (await read()).sheets
  const cell = (at: string) => stock?.cells?.get(at)
  expect(cell('7,4')).toMatchObject({ formula: 'SUBTOTAL(109,E2:E6)', formulaResult: 12500.25 })
  expect(cell('7,5')).toMatchObject({ formula: 'SUBTOTAL(109,F2:F6)', formulaResult: 87.5 })
  expect(stock?.rows.slice(3, 6).map((row) => [row[3], row[5], row[6], row[11]])).toEqual([
    [75.5, null, 12470.25, 'Diperbaiki'],
    [57.5, 57.5, 12412.75, 'Pengganti'],
    [75.5, null, 12412.75, 'Perbaikan'],
  ])
  expect(about?.cells?.get('4,1')?.formula).toBe("SUM('Stok'!E2:E6)")
})

test('a second sheet says what the file holds, and proves it by the heads of the audit chains', async () => {
  const about = (await read('?location=GENSET')).sheets[1]
  expect(about?.name).toBe('Keterangan')
  const chains = await depot.db.select().from(auditChains)
  const [genset] = chains.filter(({ chain, length }) => chain.startsWith('location') && length > 0)
  expect(about?.rows.slice(0, 4).map((row) => row.slice(0, 2))).toEqual([
    ['Saringan', 'Semua tanggal, GENSET, semua jenis'],
    ['Dibuat (WITA)', new Date('2026-11-23T14:05:00Z')],
    ['Oleh', 'Wati Lestari'],
    ['Jumlah catatan', 5],
  ])
  const hashes = about?.rows.filter((row) => /^[0-9a-f]{64}$/.test(String(row[2])))
  expect(hashes?.map((row) => row[2])).toEqual([genset?.headHash ?? ''])
})

test('without a row there is a workbook all the same', async () => {
  const { sheets } = await read('?search=nihil')
  expect(sheets.map(({ name }) => name)).toEqual(['Stok', 'Keterangan'])
  expect(sheets[0]?.cells?.get('3,4')).toMatchObject({ formula: 'SUBTOTAL(109,E2:E2)' })
})

test('more rows than a sheet holds go on on the next one', async () => {
  const row: ExportRow = {
    id: 1,
    clock: '2026-11-01T08:00',
    at: new Date('2026-11-01T00:00:00Z'),
    type: 'IN',
    kind: 'delivery',
    location: 'GENSET',
    litres: 100n,
    balance: 100n,
    consumer: null,
    notes: null,
    reference: null,
    by: 'Wati',
    reversesId: null,
    reversedById: null,
    replacesId: null,
  }
  const rows = async function* () {
    yield [1, 2, 3].map((id) => ({ ...row, id }))
    yield [4, 5].map((id) => ({ ...row, id }))
  }
  const facts = {
    filterWords: '',
    madeAt: row.clock,
    zoneLabel: 'WITA',
    madeBy: 'Wati',
    chains: [],
  }
  const bytes = Buffer.concat(await Array.fromAsync(xlsx(rows(), facts, 2)))
  const { sheets } = await readXlsx(bytes)
  expect(sheets.map(({ name }) => name)).toEqual(['Stok', 'Stok 2', 'Stok 3', 'Keterangan'])
  const numbers = sheets
    .slice(0, 3)
    .map((sheet) => sheet.rows.slice(1, 3).map((cells) => cells[12]))
  expect(numbers).toEqual([
    [1, 2],
    [3, 4],
    [5, null],
  ])
})
