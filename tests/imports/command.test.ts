import { afterAll, beforeAll, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, countEntries } from '#tests/support/books.ts'
import { CAST } from '#tests/support/cast.ts'
import { testEnvironment } from '#tests/support/database.ts'

let depot: Depot
const folder = mkdtempSync(join(tmpdir(), 'command-'))
const file = join(folder, 'buku.csv')
beforeAll(async () => {
  depot = await openDepot()
  writeFileSync(
    file,
    csv('2026-01-01T08:00,IN,GENSET,1000.50,,', '2026-01-02T08:00,OUT,GENSET,0.25,,'),
  )
})
afterAll(async () => {
  await depot.close()
  rmSync(folder, { recursive: true })
})

function command(...words: string[]) {
  const env = { ...process.env, ...testEnvironment(), DATA_DIR: folder }
  const done = spawnSync(process.execPath, ['src/imports/command.ts', ...words], {
    env,
    encoding: 'utf8',
  })
  return { status: done.status, out: done.stdout, said: done.stderr }
}

test('says in Indonesian what was booked, what was skipped, and what is left', async () => {
  expect(command(file, '--dry-run')).toMatchObject({
    status: 0,
    out: expect.stringContaining('--dry-run'),
  })
  expect(await countEntries(depot.db)).toBe(0)
  expect(command(file)).toEqual({
    status: 0,
    said: '',
    out: `Dibukukan: 2 baris.
Dilewati karena sudah dibukukan: 0 baris.
GENSET: masuk 1.000,50 liter (1 baris), keluar 0,25 liter (1 baris), sisa 1.000,25 liter
`,
  })
  expect(await balanceOf(depot.db, 'GENSET')).toBe(100_025n)
  expect(command(file).out).toStartWith(
    'Dibukukan: 0 baris.\nDilewati karena sudah dibukukan: 2 baris.',
  )
})

test('lists every problem and ends with 1', async () => {
  const bad = join(folder, 'salah.csv')
  writeFileSync(bad, csv('2026-01-01T08:00,IN,GENSET,0,,', '2026-01-32T08:00,IN,GENSET,1,,'))
  expect(command(bad)).toEqual({
    status: 1,
    out: '',
    said: `Baris 2, kolom jumlah: "0". Jumlah harus lebih dari 0.
Baris 3, kolom tanggal: "2026-01-32T08:00". Tanggal ini tidak ada di kalender.
Tidak ada yang dibukukan: 2 masalah.
`,
  })
})

test('books in the name of a supervisor or an admin, and of nobody else', async () => {
  const more = join(folder, 'lagi.csv')
  writeFileSync(more, csv('2026-01-03T08:00,IN,GENSET,1,,'))
  for (const email of [CAST.sari.email, CAST.dewi.email, 'siapa@depo.example'])
    expect(command(more, '--as', email)).toMatchObject({ status: 1, out: '' })
  expect(command(more, '--as', CAST.wati.email)).toMatchObject({ status: 0 })
  const { entries } = await booksOf(depot.db)
  expect(entries.at(-1)?.userId).toBe(depot.ids.wati)
})

test.each([
  [[]],
  [['a.csv', 'b.csv']],
  [['a.csv', '--opening', 'GENSET']],
  [['a.csv', '--opening', 'GENSET=1,250']],
  [['a.csv', '--opening', 'GENSET=1', '--opening', 'genset=2']],
  [['a.csv', '--decimal', 'titik']],
  [['a.csv', '--dates', 'ymd']],
  [['a.csv', '--what']],
])('a wrong call, %p, ends with 2 and says how to call', (words) => {
  expect(command(...words)).toMatchObject({
    status: 2,
    out: '',
    said: expect.stringContaining('--help'),
  })
})
