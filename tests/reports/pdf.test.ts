import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { eq } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'
import { makePdf, type PdfContent } from '#src/reports/pdf.ts'
import { keepMonths } from '#tests/reports/books.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import type { Client } from '#tests/support/client.ts'
import { readPdf } from '#tests/support/pdf-text.ts'

let depot: Depot
let wati: Client
const folder = mkdtempSync(join(tmpdir(), 'bbm-pdf-'))
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await keepMonths(depot)
  const agus = await depot.signIn('agus')
  const checked = { name: 'Wati Lestari', position: 'Supervisor' }
  await agus.api('PATCH', '/api/settings', {
    companyName: 'PT <Laut> & Biru',
    signatories: { checked },
  })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await depot.close()
})

const NOTHING: PdfContent = {
  report: {
    month: '2026-10',
    first: '2026-10-01',
    last: '2026-10-31',
    isRunning: false,
    locations: [],
    recaps: [],
    total: { opening: 0n, in: 0n, out: 0n, closing: 0n },
    details: [],
  },
  frame: {
    settings: {
      companyName: '',
      alertRecipients: [],
      signatories: {
        prepared: { name: '', position: '' },
        checked: { name: '', position: '' },
        acknowledged: { name: '', position: '' },
        approved: { name: '', position: '' },
      },
    },
    city: 'Makassar',
    madeInWords: '',
  },
}

/** A thread that does something else than it should. */
function threadThat(does: string): URL {
  const file = join(folder, `${crypto.randomUUID()}.ts`)
  writeFileSync(file, `import { parentPort } from 'node:worker_threads'\n${does}\n`)
  return pathToFileURL(file)
}

describe('GET /reports/{month}.pdf', () => {
  test('is a file with the figures of the page and the signatures, page by page', async () => {
    const response = await wati.get('/reports/2026-10.pdf?location=GENSET')
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('application/pdf')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Disposition')).toBe(
      'attachment; filename="laporan-GENSET-2026-10.pdf"',
    )
    const { pages, words } = readPdf(await response.bytes())
    expect(pages).toBe(2)
    for (const part of [
      'PT <Laut> & Biru Laporan bulanan BBM GENSET, Oktober 2026 1 sampai 31 Oktober 2026',
      'Stok awal 1 Oktober 2026 pukul 00.00 1.000,00 L',
      'Stok masuk 1 kiriman +800,00 L',
      'Pemakaian 3 catatan −60,25 L',
      'Stok akhir akhir 31 Oktober 2026 1.739,75 L',
      'Perbaikan stok masuk: 1 pasangan: ditarik 500,00 L, penggantinya 800,00 L.',
      'Tanpa nama 1 49,8% 30,00',
      '05/10/2026 990,00 +800,00 0,00 1.790,00',
      'Jumlah 1.000,00 +800,00 −60,25 1.739,75',
      'Makassar, _____________ Diperiksa Wati Lestari Supervisor',
      'Dibuat 23/11/2026 14.05 WITA oleh Wati Lestari Halaman 1 dari 2',
      // The legend of the chart, which is drawn in the same letters.
      'Stok akhir Stok masuk Pemakaian 0 ',
      'Halaman 2 dari 2',
    ])
      expect(words).toContain(part)
  })

  test('of all locations has each on a page of its own, whatever they are called', async () => {
    await depot.root.db.update(locations).set({ name: 'Kapal <"&\'> 🛢️', capacityLitres: 100n })
    const response = await wati.get('/reports/2024-02.pdf')
    expect(response.headers.get('Content-Disposition')).toContain('laporan-semua-2024-02.pdf')
    const { pages, words } = readPdf(await response.bytes())
    expect(pages).toBeGreaterThanOrEqual(3)
    expect(words).toContain('Kapal <"&\'>')
    expect(words).toContain('Jumlah 0,00 +1.000,00 0,00 1.000,00')
  })

  test('is written down with who took it, and a look at the page is not', async () => {
    const taken = () => depot.db.select().from(accessLogs).where(eq(accessLogs.action, 'export'))
    const before = await taken()
    await (await wati.get('/reports/2026-10.pdf?location=GENSET')).bytes()
    await wati.get('/reports/2026-10?location=GENSET')
    const [added, ...others] = (await taken()).slice(before.length)
    expect(others).toEqual([])
    expect(added).toMatchObject({
      userId: depot.ids.wati,
      detail: expect.stringMatching(/^pdf: Laporan .*, Oktober 2026$/),
    })
  })

  test('lets other requests pass while it is made', async () => {
    const order: string[] = []
    const pdf = wati.get('/reports/2026-10.pdf').then(() => order.push('pdf'))
    const others = Array.from({ length: 5 }, async () => {
      await wati.get('/api/stock/summary')
      order.push('summary')
    })
    await Promise.all([pdf, ...others])
    expect(order.at(-1)).toBe('pdf')
  })
})

describe('the thread that makes it', () => {
  test('that fails, ends or says nothing is an error, and the next report is made all the same', async () => {
    const broken = threadThat(`parentPort.once('message', () => { throw new Error('broken') })`)
    await expect(makePdf(NOTHING, { worker: broken })).rejects.toThrow('could not be made')
    const gone = threadThat(`parentPort.once('message', () => process.exit(0))`)
    await expect(makePdf(NOTHING, { worker: gone })).rejects.toThrow('ended without a PDF')
    const slow = threadThat(
      `parentPort.once('message', () => undefined)\nsetInterval(() => {}, 1000)`,
    )
    await expect(makePdf(NOTHING, { worker: slow, limitMs: 200 })).rejects.toThrow('within 200 ms')
    expect(Buffer.from(await makePdf(NOTHING)).toString('latin1', 0, 5)).toBe('%PDF-')
  })

  test('is one at a time, four wait, and who comes then is told to come later', async () => {
    const quick = threadThat(
      `parentPort.once('message', async () => { await Bun.sleep(100); parentPort.postMessage(new Uint8Array(1)) })`,
    )
    const asked = Array.from({ length: 6 }, () => makePdf(NOTHING, { worker: quick }))
    const answers = await Promise.allSettled(asked)
    expect(answers.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected'])
    expect(answers[5]).toMatchObject({ reason: { status: 429 } })
  })
})
