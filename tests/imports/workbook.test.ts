import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { deflateRawSync } from 'node:zlib'
import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { verifyBooks } from '#src/ledger/verify.ts'
import { Rejected } from '#src/rejected.ts'
import { bringIn, makeLedger } from '#tests/imports/bring-in.ts'
import { book, uploadAndLook } from '#tests/imports/uploading.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, correct, countEntries, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  depot = await openDepot()
})
afterEach(() => depot.close())

const HEADINGS = ['tanggal', 'jenis', 'lokasi', 'jumlah', 'keterangan', 'referensi']

/** A workbook with one sheet of these rows under the usual headings. */
const workbook = (...rows: CellValue[][]) =>
  writeXlsx({ sheets: [{ name: 'Buku', rows: [HEADINGS, ...rows] }] })

/** What a cell shows as this time of the clock on the wall. */
const at = (clock: string) => new Date(`${clock}:00Z`)

async function refusalOf(file: Uint8Array, options = {}): Promise<string> {
  try {
    await bringIn(depot, file, options)
  } catch (error) {
    if (error instanceof Rejected) return error.message
    throw error
  }
  throw new Error('the file was taken')
}

describe('the first sheet of a workbook', () => {
  test('is booked by its real dates and numbers, and by its texts as in a CSV file', async () => {
    const file = await workbook(
      [at('2026-01-05T14:05'), 'Masuk', 'GENSET', 12_500.25, '=1+1 <&>', 'DO-1'],
      [],
      ['06/01/2026 08.30', 'Keluar', 'genset', '1.250,50', null, 12],
      [at('2026-01-07T00:00'), 'keluar', 'GENSET', 0.1 + 0.2],
    )
    const { outcome, sentences, rows } = await bringIn(depot, file)
    expect({ outcome, sentences, rows }).toEqual({ outcome: 'booked', sentences: [], rows: 3 })
    const { entries } = await booksOf(depot.db)
    expect(
      entries.map(({ occurredAt, litres, notes, reference }) => [
        occurredAt.toISOString(),
        litres,
        notes,
        reference,
      ]),
    ).toEqual([
      ['2026-01-05T06:05:00.000Z', 1_250_025n, '=1+1 <&>', 'DO-1'],
      ['2026-01-06T00:30:00.000Z', 125_050n, null, '12'],
      ['2026-01-06T16:00:00.000Z', 30n, null, null],
    ])
    expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
    expect(await bringIn(depot, file)).toMatchObject({ booked: 0, skipped: 3 })
  })

  test('keeps every minute of a day, however Excel rounds its fraction', async () => {
    const minutes = Array.from({ length: 1440 }, (_, minute) => {
      const fraction = Number((46_027 + minute / 1440).toPrecision(15))
      return new Date(Date.UTC(1899, 11, 30) + Math.floor(fraction * 86_400_000))
    })
    const rows = minutes.map((minute): CellValue[] => [minute, 'Masuk', 'GENSET', 1])
    await bringIn(depot, await workbook(...rows))
    const { entries } = await booksOf(depot.db)
    const times = new Set(entries.map(({ occurredAt }) => occurredAt.getTime()))
    expect(times.size).toBe(1440)
  })

  test('has its bad rows told by the numbers that Excel shows', async () => {
    const file = await workbook(
      [],
      ['kemarin', 'Masuk', 'GENSET', 1.005],
      [at('2026-01-07T00:00'), 'Masuk', 'GENSET', -5],
      [at('2026-01-07T00:00'), 'Masuk', 'GENSET', 5, null, null, 'lebih'],
    )
    expect((await bringIn(depot, file)).sentences).toEqual([
      'Baris 3, kolom tanggal: "kemarin". Tulis tanggal dan jam, dengan tahun empat angka, misalnya 31/01/2021 14.05.',
      'Baris 3, kolom jumlah: "1.005". Paling banyak dua angka di belakang koma desimal.',
      'Baris 4, kolom jumlah: "-5". Jumlah harus lebih dari 0.',
      'Baris 5: Baris ini punya 7 kolom, judulnya 6. Teks yang memuat tanda pemisah harus diapit tanda kutip.',
    ])
    expect(await countEntries(depot.db)).toBe(0)
  })

  test('asks about the texts that its numbers do not decide', async () => {
    const file = await workbook(
      [at('2026-01-05T14:05'), 'Masuk', 'GENSET', 12.75],
      [at('2026-01-06T14:05'), 'Masuk', 'GENSET', '1.250'],
    )
    expect(await refusalOf(file)).toContain('bisa berarti 1250 liter atau 1,250 liter')
    expect(await bringIn(depot, file, { decimal: 'comma' })).toMatchObject({ booked: 2 })
    expect(await balanceOf(depot.db, 'GENSET')).toBe(126_275n)
  })

  test('is the same in the mode of dates that Macs once had', async () => {
    const row = [at('2026-01-05T14:05'), 'Masuk', 'GENSET', 1]
    const sheets = [{ name: 'Buku', rows: [HEADINGS, row] }]
    await bringIn(depot, await writeXlsx({ sheets, dateSystem: '1904' }))
    const { entries } = await booksOf(depot.db)
    expect(entries[0]?.occurredAt.toISOString()).toBe('2026-01-05T06:05:00.000Z')
  })

  test('is not half a table that goes on on the next', async () => {
    const rows = [HEADINGS, [at('2026-01-05T14:05'), 'Masuk', 'GENSET', 1]]
    const sheets = [
      { name: 'Stok', rows },
      { name: 'Stok 2', rows },
    ]
    expect(await refusalOf(await writeXlsx({ sheets }))).toContain('berlanjut di lembar kedua')
    const [first] = sheets
    if (first) sheets.splice(1, 1, { name: 'Catatan', rows: [['apa saja']] })
    expect(await bringIn(depot, await writeXlsx({ sheets }))).toMatchObject({ booked: 1 })
  })

  test('of more rows than are allowed is refused', async () => {
    const row: CellValue[] = [at('2026-01-05T14:05'), 'Masuk', 'GENSET', 1]
    const file = await workbook(row, row, row)
    expect(await refusalOf(file, { maxRows: 2 })).toStartWith('Berkas ini punya lebih dari 2 baris')
    expect(await bringIn(depot, file, { maxRows: 3 })).toMatchObject({ booked: 3 })
  })
})

describe('a workbook that cannot be read', () => {
  test('is told apart: locked by a password, broken, larger unpacked than a ledger can be', async () => {
    const rows = [HEADINGS, [at('2026-01-05T14:05'), 'Masuk', 'GENSET', 1]]
    const sheets = [{ name: 'Buku', rows }]
    const encryption = { password: 'x', spinCount: 1 }
    expect(await refusalOf(await writeXlsx({ sheets, encryption }))).toContain('kata sandi')
    const whole = await writeXlsx({ sheets })
    const broken = 'Berkas ini bukan CSV atau buku kerja Excel (.xlsx) yang utuh.'
    expect(await refusalOf(whole.slice(0, -30))).toStartWith(broken)
    expect(
      await refusalOf(whole.map((byte, place) => (place > 200 && place < 900 ? 0 : byte))),
    ).toStartWith(broken)
    expect(await refusalOf(bomb({ stated: 3_000_000_000 }))).toContain('terlalu besar')
    expect(await refusalOf(bomb({ stated: 0 }))).toStartWith(broken)
    expect(await refusalOf(bomb({ stated: 1000 }))).toStartWith(broken)
    expect(await countEntries(depot.db)).toBe(0)
  })
})

describe('an Excel file that was taken out of the history', () => {
  async function takeOut(): Promise<Uint8Array<ArrayBuffer>> {
    const wati = await depot.signIn('wati')
    const response = await wati.get('/stock/export?format=xlsx')
    return new Uint8Array(await response.arrayBuffer())
  }

  test('gives an empty depot every balance back, without reversed pairs and totals', async () => {
    const wati = await depot.signIn('wati')
    const when = (occurredAt: string, location = 'GENSET') => ({ location, occurredAt })
    await deliver(wati, { ...when('2026-11-01T08:00'), kind: 'opening', amount: '500.50' })
    await deliver(wati, { ...when('2026-11-02T08:00', 'TUG_ASSIST'), amount: 1250 })
    const wrong = await deliver(wati, { ...when('2026-11-03T08:00'), amount: 500 })
    await correct(wati, { entryId: wrong.id, replacement: { amount: 800 } })
    const texts = { notes: "'=x", reference: '0012' }
    await use(wati, { ...when('2026-11-04T14:05'), amount: '0.01', ...texts })
    const file = await takeOut()
    await depot.close()

    depot = await openDepot()
    const agus = await depot.signIn('agus')
    const preview = await uploadAndLook(agus, file, { name: 'stok.xlsx' })
    expect(preview.words).toContain('4 baris siap dibukukan')
    await book(agus, preview.html)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(130_049n)
    expect(await balanceOf(depot.db, 'TUG_ASSIST')).toBe(125_000n)
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ kind }) => kind)).toEqual(['opening', 'delivery', 'delivery', 'usage'])
    expect(entries.at(-1)).toMatchObject(texts)
    expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
  })

  test('of 3,000 rows comes in again to the hundredth', async () => {
    const { text, expected } = makeLedger({ seed: 12, rows: 3_000, style: 'excel-id' })
    await bringIn(depot, text)
    const file = await takeOut()
    await depot.close()

    depot = await openDepot()
    expect(await bringIn(depot, file)).toMatchObject({ outcome: 'booked', booked: 3_000 })
    for (const [code, litres] of Object.entries(expected.balances))
      expect(await balanceOf(depot.db, code)).toBe(BigInt(litres.replace('.', '')))
  })
})

/** A packed file of one part that unpacks to 20 MB, whatever its directory states. */
function bomb({ stated }: { stated: number }): Buffer {
  const name = Buffer.from('[Content_Types].xml')
  const packed = deflateRawSync(Buffer.alloc(20_000_000, 32))
  const head = (signature: number, before: number, after: number) => {
    const bytes = Buffer.alloc(before + 24 + after)
    bytes.writeUInt32LE(signature)
    const from = before + 4
    bytes.writeUInt16LE(8, from)
    bytes.writeUInt32LE(packed.length, from + 10)
    bytes.writeUInt32LE(stated, from + 14)
    bytes.writeUInt16LE(name.length, from + 18)
    return bytes
  }
  const local = Buffer.concat([head(0x04034b50, 4, 0).subarray(0, 30), name, packed])
  const entry = Buffer.concat([head(0x02014b50, 6, 16), name])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, entry, end])
}
