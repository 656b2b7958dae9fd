import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { desc } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { HistoryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const at = (occurredAt: string, location = 'GENSET') => ({ location, occurredAt })
  await deliver(wati, { ...at('2026-11-01T08:00'), amount: 1000, reference: 'DO 1001' })
  await deliver(wati, { ...at('2026-11-02T08:00', 'TUG_ASSIST'), amount: '500.25' })
  await use(wati, { ...at('2026-11-03T14:05'), amount: 30, notes: '=1+1' })
  const wrong = await use(wati, { ...at('2026-11-03T15:05'), amount: '75.50' })
  await use(wati, { ...at('2026-11-04T00:00'), amount: '7.25', notes: 'malam "hujan", 2 jam' })
  await correct(wati, { entryId: wrong.id, replacement: { amount: '57.50' } })
})
/** A session may take ten files a minute. */
beforeEach(async () => {
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

const PLACES = [
  ['GET', '/stock/export'],
  ['GET', '/api/stock/export'],
  ['POST', '/api/stock/export'],
] as const

type Fields = Record<string, string>

function ask(client: Client, [method, path]: (typeof PLACES)[number], fields: Fields) {
  return method === 'POST'
    ? client.api('POST', path, fields)
    : client.get(`${path}?${new URLSearchParams(fields)}`)
}

/** The cells of a file without quoted ones. */
async function cellsOf(response: Response): Promise<string[][]> {
  expect(response.status).toBe(200)
  const lines = (await response.text()).trimEnd().split('\n')
  return lines.map((line) => line.split(','))
}
const amountsOf = async (response: Response) =>
  (await cellsOf(response)).slice(1).map(([, , , amount]) => amount)

describe.each(PLACES)('%s %s', (...place) => {
  test('gives a workbook by default, under a name that says what it is, kept by nobody on the way', async () => {
    const response = await ask(wati, place, {})
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    )
    expect(response.headers.get('Content-Disposition')).toBe(
      'attachment; filename="stok-20261123.xlsx"',
    )
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.subarray(0, 2)]).toEqual([0x50, 0x4b])
  })

  test('names the location in the file, and gives its entries only', async () => {
    const response = await ask(wati, place, { format: 'csv', location: 'TUG_ASSIST' })
    expect(response.headers.get('Content-Disposition')).toBe(
      'attachment; filename="stok-20261123-TUG_ASSIST.csv"',
    )
    expect(await amountsOf(response)).toEqual(['500.25'])
  })

  test('takes the filter of the history', async () => {
    const filtered = async (fields: Fields) =>
      amountsOf(await ask(wati, place, { format: 'csv', ...fields }))
    expect(await filtered({ type: 'IN', endDate: '2026-11-02' })).toEqual(['1000.00', '500.25'])
    expect(await filtered({ startDate: '2026-11-04' })).toEqual(['7.25'])
    expect(await filtered({ search: 'do 1001' })).toEqual(['1000.00'])
    expect(await filtered({ search: 'tidak ada' })).toEqual([])
  })

  test('takes kind, person, consumer, words and what was corrected as well', async () => {
    const filtered = async (fields: Fields) =>
      amountsOf(await ask(wati, place, { format: 'csv', location: 'GENSET', ...fields }))
    expect(await filtered({ kind: 'delivery' })).toEqual(['1000.00'])
    expect(await filtered({ kind: 'reversal' })).toEqual(['75.50'])
    expect(await filtered({ corrected: 'yes' })).toEqual(['75.50', '75.50'])
    expect(await filtered({ corrected: 'no', type: 'OUT' })).toEqual(['30.00', '57.50', '7.25'])
    expect(await filtered({ user: String(depot.ids.sari) })).toEqual([])
    expect(await filtered({ user: String(depot.ids.wati), kind: 'usage' })).toHaveLength(4)
    expect(await filtered({ consumer: '999999' })).toEqual([])
    expect(await filtered({ search: 'HUJ 2' })).toEqual(['7.25'])
    expect(await filtered({ search: 'ujan' })).toEqual([])
  })

  test("gives a clerk the own location's entries only", async () => {
    const response = await ask(sari, place, { format: 'csv' })
    const cells = await cellsOf(response)
    expect(new Set(cells.slice(1).map(([, , location]) => location))).toEqual(new Set(['GENSET']))
    expect(response.headers.get('Content-Disposition')).toContain('-GENSET.csv')
    expect((await ask(sari, place, { location: 'TUG_ASSIST' })).status).toBe(403)
  })

  test('is closed to a stranger', async () => {
    const response = await ask(depot.visit(), place, {})
    expect(response.status).toBe(place[1].startsWith('/api/') ? 401 : 303)
  })

  test.each([
    ['format', 'pdf'],
    ['format', 'XLSX'],
    ['type', 'PINDAH'],
    ['location', 'DERMAGA'],
    ['startDate', '2026-02-30'],
  ])('refuses %s=%s at its field', async (name, value) => {
    const response = await ask(wati, place, { [name]: value })
    expect(response.status).toBe(422)
    if (place[1].startsWith('/api/'))
      expect(Object.keys((await refusalOf(response)).details)).toEqual([name])
  })

  test('is written down with its filter', async () => {
    await (await ask(wati, place, { format: 'csv-id', location: 'GENSET' })).text()
    const [last] = await depot.db.select().from(accessLogs).orderBy(desc(accessLogs.id)).limit(1)
    expect(last).toMatchObject({
      action: 'export',
      userId: depot.ids.wati,
      detail: 'csv-id: Semua tanggal, GENSET, semua jenis',
    })
  })
})

test('plain CSV: ISO times with an offset, decimal points, running balances, reversed pairs marked', async () => {
  const response = await wati.get('/api/stock/export?format=csv&startDate=2026-11-03')
  expect((await response.text()).split('\n').map((line) => line.replace(/,\d+$/, ''))).toEqual([
    'tanggal,jenis,lokasi,jumlah,keterangan,referensi,sisa,untuk,oleh,status,nomor',
    "2026-11-03T14:05:00+08:00,Pemakaian,GENSET,30.00,'=1+1,,970.00,,Wati Lestari,",
    '2026-11-03T15:05:00+08:00,Pemakaian,GENSET,75.50,,,970.00,,Wati Lestari,Diperbaiki',
    '2026-11-03T15:05:00+08:00,Pemakaian,GENSET,57.50,,,912.50,,Wati Lestari,Pengganti',
    '2026-11-03T15:05:00+08:00,Perbaikan,GENSET,75.50,salah ketik,,912.50,,Wati Lestari,Perbaikan',
    '2026-11-04T00:00:00+08:00,Pemakaian,GENSET,7.25,"malam ""hujan"", 2 jam",,905.25,,Wati Lestari,',
    '',
  ])
})

test('Indonesian CSV: as Excel saves it, with a byte order mark', async () => {
  const response = await wati.get('/stock/export?format=csv-id&startDate=03/11/2026&search=hujan')
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).split('\r\n')
  expect(lines[0]).toStartWith('tanggal;jenis;lokasi;jumlah;keterangan;referensi;')
  expect(lines[1]).toStartWith(
    '04/11/2026 00.00;Pemakaian;GENSET;7,25;"malam ""hujan"", 2 jam";;905,25;;Wati Lestari;;',
  )
  expect(lines).toHaveLength(3)
})

test('the history leads to a file of what it shows', async () => {
  const page = await (await wati.get('/history?type=OUT&sort=amount&page=1')).text()
  expect(page).toContain('href="/stock/export?format=xlsx&amp;type=OUT"')
  expect(page).toContain('href="/stock/export?format=csv-id&amp;type=OUT"')
  expect(await (await wati.get('/history?search=nihil')).text()).not.toContain('/stock/export')
})

test('every entry of the history stands in the file, each with the same balance', async () => {
  const answer = await wati.get('/api/stock/history?sort=date&limit=100')
  const { data } = HistoryJson.parse(await answer.json())
  const rows = await cellsOf(await wati.get('/api/stock/export?format=csv&endDate=2026-11-03'))
  const inHistory = data
    .filter(({ occurredAt }) => occurredAt < '2026-11-03T16')
    .map(({ id, balanceAfter }) => `${id} ${balanceAfter}`)
  expect(rows.slice(1).map((row) => `${row.at(-1)} ${row.at(-5)}`)).toEqual(inHistory)
})
