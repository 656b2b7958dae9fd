import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { Rejected } from '#src/rejected.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, countEntries } from '#tests/support/books.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const withAmounts = (...amounts: string[]) =>
  csv(...amounts.map((amount, day) => `2026-01-${10 + day}T08:00,IN,GENSET,"${amount}",,`))

const withDates = (...dates: string[]) => csv(...dates.map((date) => `${date},IN,GENSET,1,,`))

async function refusalOf(text: string, options = {}): Promise<string> {
  try {
    await bringIn(depot, text, options)
  } catch (error) {
    expect(await countEntries(depot.db)).toBe(0)
    if (error instanceof Rejected) return error.message
    throw error
  }
  throw new Error('the file was taken')
}

describe('the decimal mark of the whole file is found out', () => {
  test.each([
    [['13,75'], [1375n]],
    [['13.75'], [1375n]],
    [
      ['1.250,50', '1.250'],
      [125_050n, 125_000n],
    ],
    [
      ['1,250.50', '1,250'],
      [125_050n, 125_000n],
    ],
    [
      ['1.250.000', '1.250'],
      [125_000_000n, 125_000n],
    ],
    [
      ['1,250,000', '1,250'],
      [125_000_000n, 125_000n],
    ],
    [
      ['1.250', '0,5'],
      [125_000n, 50n],
    ],
    [
      ['1250', '7'],
      [125_000n, 700n],
    ],
    [
      ['0007,10', '9.999.999.999,99'],
      [710n, 999_999_999_999n],
    ],
  ])('%p', async (amounts, expected) => {
    expect(await bringIn(depot, withAmounts(...amounts))).toMatchObject({ outcome: 'booked' })
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ litres }) => litres)).toEqual(expected)
  })

  test.each([[['1.250']], [['1,250', '2,500', '7']], [['1.250', '100']]])(
    '%p is refused, naming the option',
    async (amounts) => {
      const refusal = await refusalOf(withAmounts(...amounts))
      expect(refusal).toContain('--decimal comma')
      expect(refusal).toContain('--decimal point')
    },
  )

  test('or is stated', async () => {
    await bringIn(depot, withAmounts('1.250'), { decimal: 'comma' })
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ litres }) => litres)).toEqual([125_000n])
    expect(await bringIn(depot, withAmounts('2.250'), { decimal: 'point' })).toMatchObject({
      outcome: 'refused',
    })
  })

  test('rows of the other style than most are bad rows; half and half is refused', async () => {
    const { reported } = await bringIn(depot, withAmounts('13,75', '1,5', '13.75'))
    expect(reported).toMatchObject([{ line: 4, column: 'jumlah', text: '13.75' }])
    expect(await refusalOf(withAmounts('13,75', '13.75'))).toContain('--decimal')
    expect(await countEntries(depot.db)).toBe(0)
  })
})

describe('the style of dates of the whole file is found out', () => {
  test.each([
    [['31/01/2021 14.05'], ['2021-01-31T06:05']],
    [
      ['31/01/2021 14:05:59', '3/4/2021 7.05'],
      ['2021-01-31T06:05', '2021-04-02T23:05'],
    ],
    [
      ['31-01-2021', '03-04-2021'],
      ['2021-01-30T16:00', '2021-04-02T16:00'],
    ],
    [['03/04/2021 14.05'], ['2021-04-03T06:05']],
    [['05/05/2021 14:05'], ['2021-05-05T06:05']],
    [['2021-01-31T14:05:00+08:00'], ['2021-01-31T06:05']],
    [['2021-01-31T06:05:59.999Z'], ['2021-01-31T06:05']],
    [
      ['2021-01-31 14:05', '2021-02-01'],
      ['2021-01-31T06:05', '2021-01-31T16:00'],
    ],
  ])('%p', async (dates, expected) => {
    expect(await bringIn(depot, withDates(...dates))).toMatchObject({ outcome: 'booked' })
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ occurredAt }) => occurredAt.toISOString())).toEqual(
      expected.map((minute) => `${minute}:00.000Z`),
    )
  })

  test.each([
    [['01/31/2021 14:05'], '--dates mdy'],
    [['03/04/2021 14:05', '05/05/2021 10:00'], '--dates dmy atau --dates mdy'],
  ])('%p is refused, naming the option', async (dates, option) => {
    expect(await refusalOf(withDates(...dates))).toContain(option)
  })

  test('or is stated', async () => {
    await bringIn(depot, withDates('01/31/2021 14:05', '03/04/2021 14:05'), { dates: 'mdy' })
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ businessDay }) => businessDay)).toEqual(['2021-01-31', '2021-03-04'])
  })

  test('rows that prove the other order are bad rows', async () => {
    const { reported } = await bringIn(depot, withDates('31/01/2021 14:05', '01/31/2021 14:05'))
    expect(reported).toMatchObject([{ line: 3, column: 'tanggal' }])
  })
})

describe('the columns of the file are found by their headings', () => {
  const row = ['2026-01-01T08:00', 'IN', 'GENSET', '1.5', 'catat', 'DO']
  const heading = ['Tanggal', 'JENIS', 'lokasi', 'Jumlah', 'Keterangan', 'Referensi']
  test.each([',', ';', '\t'])('delimiter %p, with and without BOM', async (delimiter) => {
    const text = `${heading.join(delimiter)}\n${row.join(delimiter)}\n`
    expect(await bringIn(depot, text)).toMatchObject({ booked: 1 })
    expect(await bringIn(depot, `\ufeff${text.replaceAll('\n', '\r\n')}`)).toMatchObject({
      skipped: 1,
    })
  })

  test('in English and without the optional ones', async () => {
    expect(
      await bringIn(depot, 'amount,location,type,date\n1.5,GENSET,in,2026-01-01T08:00'),
    ).toMatchObject({ booked: 1 })
  })

  test.each([
    ['tanggal,jenis,lokasi\n', 'Kolom tidak ada: jumlah.'],
    ['tanggal,jenis,lokasi,jumlah,untuk\n', 'Kolom tidak dikenal: untuk.'],
    ['tanggal,jenis,lokasi,jumlah,liter\n', 'Kolom muncul dua kali: liter.'],
    ['', 'Kolom tidak ada: tanggal, jenis, lokasi, jumlah.'],
    ['tanggal,jenis,lokasi,jumlah\n\n', 'Tidak ada baris di bawah judul kolom.'],
    ['PK\u0003\u0004', 'Berkas ini bukan CSV'],
  ])('%p is refused', async (text, sentence) => {
    expect(await refusalOf(text)).toStartWith(sentence)
  })

  test('a file that is not there is refused', async () => {
    expect(await refusalOf('', { path: '/tidak-ada/buku.csv' })).toBe(
      'Berkas /tidak-ada/buku.csv tidak bisa dibaca.',
    )
  })
})
