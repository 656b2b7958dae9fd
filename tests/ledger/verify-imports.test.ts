import { afterAll, beforeEach, expect, test } from 'bun:test'
import { type SQL, sql } from 'drizzle-orm'
import { entries } from '#src/database/schema/transactions.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { differencesIn, forge, lastLinkId, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct } from '#tests/support/books.ts'

let depot: Depot
let link: number
/** The first of the three entries of the file: an opening of 5, a delivery of 1.000,50, a usage of 0,25. */
let firstId: number
let importId: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await bringIn(
    depot,
    csv('2026-01-01T08:00,IN,GENSET,1000.50,,', '2026-01-02T08:00,OUT,GENSET,0.25,,'),
    { opening: { GENSET: 500n } },
  )
  link = await lastLinkId(depot)
  const [first] = await depot.db.select().from(entries).orderBy(entries.id)
  firstId = first?.id ?? 0
  importId = first?.importId ?? 0
})
afterAll(() => depot.close())

const said = (words: string) => `impor ${importId}: baris jejak audit ${link} menyebut ${words}`

test('a file, and the correction of one of its entries, show no difference', async () => {
  const wati = await depot.signIn('wati')
  await correct(wati, { entryId: firstId + 2, replacement: { amount: '0.5' } })
  expect(await differencesIn(depot)).toEqual([])
})

const CASES: [string, () => SQL, () => string[]][] = [
  [
    'other litres',
    () => sql`update transactions set litres = 1000.51 where id = ${firstId + 1}`,
    () => [said('litresIn "1005.50", di buku "1005.51"')],
  ],
  [
    'a row less',
    () => sql`delete from transactions where id = ${firstId + 2}`,
    () => [
      said(
        `rows 3, di buku 2; litresOut "0.25", di buku "0.00"; lastId ${firstId + 2}, di buku ${firstId + 1}`,
      ),
    ],
  ],
  [
    'an entry in another name',
    () => sql`update transactions set user_id = ${depot.ids.agus} where id = ${firstId}`,
    () => [`catatan ${firstId}: bukan atas nama orang yang membawa masuk impor ${importId}`],
  ],
  [
    'another name and another file',
    () => sql`update imports set file_name = 'lain.csv', file_hash = 'x' where id = ${importId}`,
    () => [said('fileName "buku.csv", di buku "lain.csv"; fileHash @, di buku "x"')],
  ],
]
test.each(CASES)('a file with %s is named', async (_, statement, sentences) => {
  await tamper(depot, statement())
  const found = (await differencesIn(depot)).filter((one) => /^impor|bukan atas nama/.test(one))
  expect(found.map((one) => one.replace(/fileHash "[0-9a-f]{64}"/, 'fileHash @'))).toEqual(
    sentences(),
  )
})

test('a file that no audit row tells of, and an audit row of no file, are named', async () => {
  await tamper(depot, sql`update system_logs set subject = 'import:999' where id = ${link}`)
  await forge(depot, 'administration')
  expect(await differencesIn(depot)).toEqual([
    `jejak audit administration: baris ${link} menyebut import:999, yang tidak ada atau sudah disebut`,
    `impor ${importId}: tidak ada di jejak audit`,
  ])
})
