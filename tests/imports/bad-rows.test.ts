import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, countEntries } from '#tests/support/books.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const GOOD = '2026-01-01T08:00,IN,GENSET,1000.50,,'

/** The only problem of a file whose second row is this one. */
async function faultOf(row: string, options = {}) {
  const { outcome, reported } = await bringIn(depot, csv(GOOD, row), options)
  expect({ outcome, problems: reported.length }).toEqual({ outcome: 'refused', problems: 1 })
  expect(await countEntries(depot.db)).toBe(0)
  return reported[0]
}

describe('a row is refused at its line and column, and nothing is booked', () => {
  const amounts = [
    ['', 'Isi jumlah liter.'],
    ['seribu', 'Bukan angka. Tulis misalnya 1,250.50.'],
    ['0', 'Jumlah harus lebih dari 0.'],
    ['0.00', 'Jumlah harus lebih dari 0.'],
    ['-5', 'Jumlah harus lebih dari 0.'],
    ['99999999999', 'Jumlah terlalu besar. Paling banyak 9.999.999.999,99 liter.'],
    ['1.005', 'Paling banyak dua angka di belakang koma desimal.'],
    ['1.250', 'Paling banyak dua angka di belakang koma desimal.'],
    ['NaN', 'Bukan angka. Tulis misalnya 1,250.50.'],
    ['1e3', 'Bukan angka. Tulis misalnya 1,250.50.'],
    ['0x10', 'Bukan angka. Tulis misalnya 1,250.50.'],
    ['10 L', 'Bukan angka. Tulis misalnya 1,250.50.'],
    ['"13,75"', 'Tidak cocok dengan cara angka lain di berkas ini ditulis, misalnya 1,250.50.'],
    ['"1.250,50"', 'Tidak cocok dengan cara angka lain di berkas ini ditulis, misalnya 1,250.50.'],
    ['"12,34.5"', 'Tidak cocok dengan cara angka lain di berkas ini ditulis, misalnya 1,250.50.'],
  ] as const
  test.each(amounts)('amount %p', async (amount, reason) => {
    const decimal = 'point'
    const text = amount.replaceAll('"', '')
    expect(await faultOf(`2026-01-02T08:00,OUT,GENSET,${amount},,`, { decimal })).toEqual({
      ...{ kind: 'row', line: 3, column: 'jumlah', text, reason },
    })
  })

  const dates = [
    ['', 'Tulis tanggal dan jam, dengan tahun empat angka, misalnya 31/01/2021 14.05.'],
    ['kemarin', 'Tulis tanggal dan jam, dengan tahun empat angka, misalnya 31/01/2021 14.05.'],
    ['30/02/2021 10.00', 'Tanggal ini tidak ada di kalender.'],
    ['2021-02-30T10:00', 'Tanggal ini tidak ada di kalender.'],
    ['01/31/2021 10.00', 'Tanggal ini tidak ada di kalender.'],
    ['31/12/1899 10.00', 'Tahunnya sebelum 1900.'],
    [
      '31/01/21 10.00',
      'Tulis tanggal dan jam, dengan tahun empat angka, misalnya 31/01/2021 14.05.',
    ],
    ['31/01/2021 25.00', 'Jam ini tidak ada.'],
    ['31/01/2021 pagi', 'Jamnya tidak terbaca. Tulis misalnya 14.05.'],
    ['2026-11-23T14:06:00+08:00', 'Waktu ini belum terjadi.'],
    ['24/11/2026 00.00', 'Waktu ini belum terjadi.'],
  ] as const
  test.each(dates)('date %p', async (date, reason) => {
    expect(await faultOf(`${date},OUT,GENSET,1,,`, { dates: 'dmy' })).toEqual({
      ...{ kind: 'row', line: 3, column: 'tanggal', text: date, reason },
    })
  })

  const others = [
    ['2026-01-02T08:00,PINDAH,GENSET,1,,', 'jenis', 'PINDAH'],
    ['2026-01-02T08:00,,GENSET,1,,', 'jenis', ''],
    ['2026-01-02T08:00,OUT,GUDANG,1,,', 'lokasi', 'GUDANG'],
    ['2026-01-02T08:00,OUT,,1,,', 'lokasi', ''],
    [`2026-01-02T08:00,OUT,GENSET,1,${'x'.repeat(501)},`, 'keterangan', 'x'.repeat(501)],
    ['2026-01-02T08:00,OUT,GENSET,1,bel\u0007,', 'keterangan', 'bel\u0007'],
    [`2026-01-02T08:00,OUT,GENSET,1,,${'y'.repeat(101)}`, 'referensi', 'y'.repeat(101)],
  ] as const
  test.each(others)('%p', async (row, column, text) => {
    expect(await faultOf(row)).toMatchObject({ line: 3, column, text })
  })

  const shapes = [
    ['2026-01-02T08:00,OUT,GENSET,13,75,,', 'Baris ini punya 7 kolom, judulnya 6.'],
    ['2026-01-02T08:00,OUT,GENSET', 'Baris ini punya 3 kolom, judulnya 6.'],
    ['2026-01-02T08:00,OUT,GENSET,1,"terbuka,', 'Tanda kutip tidak berpasangan'],
    ['2026-01-02T08:00,OUT,GENSET,1,"a"b,', 'Tanda kutip tidak berpasangan'],
  ] as const
  test.each(shapes)('%p', async (row, reason) => {
    const fault = await faultOf(row)
    expect(fault).toMatchObject({ line: 3, column: null })
    expect(fault?.kind === 'row' && fault.reason).toStartWith(reason)
  })
})

test('every bad row is listed, every fault of it, with lines counted through quoted line breaks', async () => {
  const { sentences, problems } = await bringIn(
    depot,
    csv(
      GOOD,
      '2026-01-01T09:00,IN,GENSET,5,"dua\r\nbaris\nlagi",',
      '2026-01-01T10:00,keluar,GENSET,0,,',
      '',
      ',,,,,',
      'besok,HILANG,"GU\nDANG",x,,',
    ),
  )
  expect(problems).toBe(5)
  expect(sentences).toEqual([
    'Baris 6, kolom jumlah: "0". Jumlah harus lebih dari 0.',
    'Baris 9, kolom tanggal: "besok". Tulis tanggal dan jam, dengan tahun empat angka, misalnya 31/01/2021 14.05.',
    'Baris 9, kolom jenis: "HILANG". Tulis Masuk atau Keluar. Stok awal diberikan dengan --opening.',
    'Baris 9, kolom lokasi: "GU DANG". Lokasi tidak dikenal. Pakai --create-locations untuk membuatnya.',
    'Baris 9, kolom jumlah: "x". Bukan angka. Tulis misalnya 1,250.50.',
  ])
})

test('texts are kept exactly as they stand in the file', async () => {
  const notes = [
    '=SUM(A1:A9)',
    '+62 411 555',
    '-',
    '@audit',
    'Selang "A" bocor; diganti',
    'Serah terima shift\nmalam\r\nke pagi',
    "O'Neil <kapten>",
    'ＢＢＭ solar — 日本 ⛽',
    '50% sisa; 100%_penuh\\',
    "\\'); DROP TABLE transactions; --",
    '  spasi di tepi  ',
    '🛢️'.repeat(250),
    'null',
  ]
  const rows = notes.map(
    (note, hour) =>
      `2026-01-01T${String(hour).padStart(2, '0')}:00,IN,TUG_ASSIST,1,"${note.replaceAll('"', '""')}",${hour}`,
  )
  expect(await bringIn(depot, csv(...rows))).toMatchObject({ outcome: 'booked' })
  const { entries } = await booksOf(depot.db)
  expect(entries.map((entry) => entry.notes)).toEqual(notes)
})

test('letters that are no UTF-8 are refused where they stand, not replaced', async () => {
  const text = Buffer.from(csv('2026-01-01T08:00,IN,GENSET,1,caf\u00e9,'), 'latin1')
  const { reported } = await bringIn(depot, text)
  expect(reported).toMatchObject([{ line: 2, column: 'keterangan' }])
  const real = await bringIn(depot, csv('2026-01-01T08:00,IN,GENSET,1,tanda \ufffd asli,'))
  expect(real.outcome).toBe('booked')
})
