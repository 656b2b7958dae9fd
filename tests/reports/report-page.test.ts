import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { keepMonths } from '#tests/reports/books.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await keepMonths(depot)
  const agus = await depot.signIn('agus')
  const approved = { name: 'H. Hasan Basri', position: 'Kepala depo' }
  const settings = { companyName: 'PT Laut Biru', signatories: { approved } }
  await agus.api('PATCH', '/api/settings', settings)
})
afterAll(() => depot.close())

const bodyOf = async (path: string, client = wati) => (await client.get(path)).text()

describe('GET /reports/{month}', () => {
  test('shows the figures, the pairs, who used it, each day, and who signs', async () => {
    const words = wordsOf(await bodyOf('/reports/2026-10?location=GENSET'))
    for (const part of [
      'PT Laut Biru',
      'Laporan bulanan BBM GENSET, Oktober 2026 1 sampai 31 Oktober 2026',
      'Stok awal 1 Oktober 2026 pukul 00.00 1.000,00 L',
      'Stok masuk 1 kiriman +800,00 L',
      'Pemakaian 3 catatan −60,25 L',
      'Stok akhir akhir 31 Oktober 2026 1.739,75 L',
      'Perbaikan stok masuk 1 pasangan: ditarik 500,00 L, penggantinya 800,00 L',
      'Perbaikan pemakaian 2 pasangan: ditarik 140,00 L, penggantinya 45,00 L',
      'Tanpa nama 1 49,8% 30,00',
      'G1 1 16,6% 10,00',
      '05/10/2026 990,00 +800,00 0,00 1.790,00',
      'Jumlah 1.000,00 +800,00 −60,25 1.739,75',
      'Makassar, _____________ Menyetujui H. Hasan Basri Kepala depo',
      'Dibuat 23/11/2026 14.05 WITA oleh Wati Lestari.',
    ])
      expect(words).toContain(part)
  })

  test('of all locations begins with a line for each and their sum', async () => {
    const words = wordsOf(await bodyOf('/reports/2026-10'))
    expect(words).toContain(
      'GENSET 1.000,00 +800,00 −60,25 1.739,75 TUG_ASSIST 0,00 0,00 0,00 0,00',
    )
    expect(words).toContain('Laporan bulanan BBM TUG_ASSIST, Oktober 2026')
    expect(words).toContain('Tidak ada pemakaian.')
  })

  test('leads to the months beside it, to the file, and to what the form chooses', async () => {
    const html = await bodyOf('/reports/2026-10?location=GENSET')
    for (const href of [
      '/reports/2026-09?location=GENSET',
      '/reports/2026-11?location=GENSET',
      '/reports/2026-10.pdf?location=GENSET',
    ])
      expect(html).toContain(`href="${href}"`)
    const now = await bodyOf('/reports')
    expect(fieldValue(now, 'month')).toBe('2026-11')
    expect(now).not.toContain('rel="next"')
    const chosen = await bodyOf('/reports?location=GENSET&month=2024-02')
    expect(fieldValue(chosen, 'month')).toBe('2024-02')
    expect(fieldValue(chosen, 'location')).toBe('GENSET')
    expect(wordsOf(chosen)).toContain('Stok awal pembukuan awal buku +1.000,00 L')
    expect(wordsOf(chosen)).toContain('1 sampai 29 Februari 2024')
  })

  test('of a clerk shows the own location without a choice, and refuses another', async () => {
    const sari = await depot.signIn('sari')
    const html = await bodyOf('/reports', sari)
    expect(wordsOf(html)).toContain('Laporan GENSET, November 2026')
    expect(fieldValue(html, 'location')).toBeNull()
    for (const path of ['/reports', '/reports/2026-10', '/reports/2026-10.pdf'])
      expect((await sari.get(`${path}?location=TUG_ASSIST`)).status).toBe(403)
  })

  test.each([
    ['/reports/2026-12', 422, 'Bulan ini belum mulai'],
    ['/reports?month=2027-01', 422, 'Bulan ini belum mulai'],
    ['/reports/2026-13', 404, 'tidak ada'],
    ['/reports/2026-13.pdf', 404, 'tidak ada'],
    ['/reports?location=DERMAGA', 422, 'Lokasi tidak dikenal'],
  ])('answers %s with %d and a page that says why', async (path, status, sentence) => {
    const response = await wati.get(path)
    expect(response.status).toBe(status)
    expect(wordsOf(await response.text())).toContain(sentence)
  })
})
