import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { verifyBooks } from '#src/ledger/verify.ts'
import { csv } from '#tests/imports/bring-in.ts'
import { book, choose, draftsIn, look, upload, uploadAndLook } from '#tests/imports/uploading.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import {
  balanceOf,
  booksOf,
  countEntries,
  deliver,
  everythingIn,
  use,
} from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const GOOD = csv(
  '2026-01-01T08:00,IN,GENSET,1000.50,truk pertama,DO-1',
  '2026-01-02T08:00,OUT,GENSET,0.25,,',
)
const SHORT = csv(
  '2026-01-01T08:00,IN,GENSET,100,,',
  '2026-01-02T08:00,OUT,GENSET,130.25,,',
  '2026-01-04T08:00,OUT,GENSET,20,,',
)

test('a page for admins, and the same as a fragment', async () => {
  const page = await look(agus, '/imports')
  expect(page.html).toContain('<html lang="id">')
  expect(page.html).toContain('href="/imports" aria-current="page"')
  expect(page.words).toContain('Belum ada impor')
  const fragment = await (await agus.fragment('/imports')).text()
  expect(fragment).not.toContain('<html')
  expect(fragment).toContain('enctype="multipart/form-data"')
  expect((await look(await depot.signIn('wati'), '/')).html).not.toContain('href="/imports"')
})

test('a file is looked at first, booked by a button, and listed with who brought it in', async () => {
  const before = await everythingIn(depot.db)
  const preview = await uploadAndLook(agus, GOOD)
  expect(preview.words).toContain('2 baris siap dibukukan')
  expect(preview.words).toContain('GENSET +1.000,50 1 −0,25 1 1.000,25')
  expect(await everythingIn(depot.db)).toEqual(before)

  const booked = await book(agus, preview.html)
  expect([booked.status, booked.headers.get('Location')]).toEqual([303, preview.path])
  expect((await look(agus, preview.path)).words).toContain('2 baris sudah dibukukan')
  expect(await balanceOf(depot.db, 'GENSET')).toBe(100_025n)
  const { entries } = await booksOf(depot.db)
  expect(entries.map(({ userId }) => userId)).toEqual([depot.ids.agus, depot.ids.agus])
  expect((await look(agus, '/imports')).words).toContain(
    '23/11/2026 14.05 buku.csv 2 1.000,50 0,25 Agus Pratama',
  )
  expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
})

test('rows that are booked already are skipped, and a file of nothing else has no button', async () => {
  await book(agus, (await uploadAndLook(agus, GOOD)).html)
  const again = await uploadAndLook(agus, GOOD)
  expect(again.words).toContain('Semua 2 baris sudah ada di buku.')
  expect(again.html).not.toContain('action="/imports"')
  const grown = await uploadAndLook(agus, `${GOOD}2026-01-03T08:00,OUT,GENSET,1,,\n`)
  expect(grown.words).toContain('1 baris siap dibukukan 2 baris lain sudah ada di buku')
})

describe('the button pressed twice', () => {
  test('at once books once, and both are told', async () => {
    const { html, path } = await uploadAndLook(agus, GOOD)
    const answers = await Promise.all([book(agus, html), book(agus, html)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const targets = answers.map(({ headers }) => headers.get('Location')).sort()
    expect(targets).toEqual([path, `${path}?again=1`])
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('later says that nothing is booked twice', async () => {
    const { html } = await uploadAndLook(agus, GOOD)
    await book(agus, html)
    const again = await book(agus, html)
    const { words } = await look(agus, again.headers.get('Location') ?? '')
    expect(words).toContain('tidak dibukukan dua kali')
    expect(await countEntries(depot.db)).toBe(2)
    expect(
      (await choose(agus, html.replaceAll('"/imports"', '"/imports/previews"'), {})).words,
    ).toContain('tidak dibukukan dua kali')
  })
})

test('every bad row is told with its line, column, text and reason; the first 200 are shown', async () => {
  const wrong = Array.from({ length: 250 }, (_, day) => `2026-01-01T08:00,IN,GENSET,${-day},,`)
  const { words, html } = await uploadAndLook(agus, csv(...wrong, '2026-02-30,PAKAI,DERMAGA,1,,'))
  expect(words).toContain('253 masalah, tidak ada yang dibukukan')
  expect(words).toContain('200 pertama dari 253')
  expect(words).toContain('3 jumlah -1 Jumlah harus lebih dari 0.')
  expect(html).not.toContain('action="/imports"')
  expect(html.match(/c-reason/g)?.length).toBe(200)
})

test('a location that is not there is made where that is chosen, without a second upload', async () => {
  const file = csv('2026-01-01T08:00,IN,GUDANG_2,100,<b>,')
  const refused = await uploadAndLook(agus, file)
  expect(refused.words).toContain('centang “Buat lokasi yang belum ada”')
  const ready = await choose(agus, refused.html, { createLocations: 'yes' })
  expect(ready.words).toContain('GUDANG_2 Lokasi baru')
  await book(agus, ready.html)
  expect(await balanceOf(depot.db, 'GUDANG_2')).toBe(10_000n)
  const chosen = await uploadAndLook(agus, csv('2026-01-02,IN,GUDANG_3,1,,'), {
    fields: { createLocations: 'yes' },
  })
  expect(chosen.words).toContain('1 baris siap dibukukan')
})

describe('a file that would take a location below zero', () => {
  test('names the moment and the cure, offers it in a field, and is booked with it', async () => {
    const short = await uploadAndLook(agus, SHORT)
    expect(short.words).toContain(
      'GENSET: pada 02/01/2026 08.00 (baris 3 di berkas) stok kurang 30,25 liter. Stok awal 50,25 liter akan cukup',
    )
    expect(fieldValue(short.html, 'opening.GENSET')).toBe('50,25')
    expect(short.html).not.toContain('action="/imports"')
    const ready = await choose(agus, short.html, { 'opening.GENSET': '60' })
    expect(ready.words).toContain('3 baris dan 1 stok awal siap dibukukan')
    expect(ready.words).toContain('GENSET +60,00 +100,00 1 −150,25 2 9,75')
    await book(agus, ready.html)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(975n)
    expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
  })

  test('keeps what was typed for it, wrong as it is', async () => {
    const short = await uploadAndLook(agus, SHORT)
    const refused = await choose(agus, short.html, { 'opening.GENSET': '1,250' })
    expect(refused.status).toBe(422)
    expect(fieldValue(refused.html, 'opening.GENSET')).toBe('1,250')
    expect(isMarkedWrong(refused.html, 'opening.GENSET')).toBe(true)
  })

  test('says so where the opening that is booked should have been larger', async () => {
    const wati = await depot.signIn('wati')
    const opening = { location: 'GENSET', kind: 'opening', occurredAt: '2025-06-01T08:00' }
    await deliver(wati, { ...opening, amount: 10 })
    const { words, html } = await uploadAndLook(agus, SHORT)
    expect(words).toContain('Stok awal di buku perlu 40,25 liter lebih banyak')
    expect(fieldValue(html, 'opening.GENSET')).toBeNull()
  })

  test('only since somebody else has booked meanwhile is not booked, and shows how it stands now', async () => {
    await deliver(agus, { location: 'GENSET', amount: 100, occurredAt: '2026-02-01T08:00' })
    const ready = await uploadAndLook(agus, csv('2026-03-01T08:00,OUT,GENSET,80,,'))
    await use(agus, { location: 'GENSET', amount: 50, occurredAt: '2026-04-01T08:00' })
    const refused = await book(agus, ready.html)
    const words = wordsOf(await refused.text())
    expect(refused.status).toBe(422)
    expect(words).toContain('buku sudah berubah')
    expect(words).toContain('stok kurang 30,00 liter')
    expect(await countEntries(depot.db)).toBe(2)
  })
})

test.each([
  ['2026-01-01T08:00,IN,GENSET,"1,250",,', 'decimal', 'point', '+1.250,00'],
  ['2026-01-01T08:00,IN,GENSET,"1,250",,', 'decimal', 'comma', 'dua angka di belakang'],
  ['03/04/2026,IN,GENSET,1.5,,', 'dates', 'dmy', '+1,50'],
])('what %p leaves open is asked: %s is %s', async (row, field, answer, expected) => {
  const asked = await uploadAndLook(agus, csv(row))
  expect(asked.words).toContain('tidak ada baris lain yang menentukan')
  expect(asked.words).not.toContain('--')
  expect(fieldValue(asked.html, field)).toBe('')
  const answered = await choose(agus, asked.html, { [field]: answer })
  expect(answered.words).toContain(expected)
  expect(fieldValue(answered.html, field)).toBe(answer)
})

test.each([
  ['', 'Kolom tidak ada: tanggal, jenis, lokasi, jumlah.'],
  ['nama,umur\nx,1\n', 'Kolom tidak dikenal: nama,umur.'],
  ['PK\u0003\u0004rusak', 'Berkas ini bukan CSV atau buku kerja Excel'],
  ['\u0000\u0001', 'Berkas ini bukan CSV.'],
])(
  'a file that is none of ours, %p, is refused at its field and not kept',
  async (text, sentence) => {
    const response = await upload(agus, text)
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(wordsOf(html)).toContain(sentence)
    expect(isMarkedWrong(html, 'file')).toBe(true)
    expect(draftsIn(depot)).toEqual([])
  },
)

test('without a file the form says so', async () => {
  const response = await upload(agus, '', { name: '' })
  expect(response.status).toBe(422)
  expect(wordsOf(await response.text())).toContain('Pilih berkasnya dulu.')
})

test('the name of a file is shown as it is, and does nothing', async () => {
  const { html, words } = await uploadAndLook(agus, GOOD, { name: 'C:\\buku\\<script>"é".csv' })
  expect(html).not.toContain('<script>"')
  expect(words).toContain('<script>"é".csv, diunggah 23/11/2026 14.05 WITA')
})
