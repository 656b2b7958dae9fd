import { afterAll, beforeEach, expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { sql } from 'drizzle-orm'
import { tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver } from '#tests/support/books.ts'
import { testEnvironment } from '#tests/support/database.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: '10' })
})
afterAll(() => depot.close())

function verify(...words: string[]) {
  const done = spawnSync(process.execPath, ['src/ledger/verify-command.ts', ...words], {
    env: { ...process.env, ...testEnvironment(), LOG_LEVEL: 'silent' },
    encoding: 'utf8',
  })
  return { status: done.status, out: done.stdout, said: done.stderr }
}

test('ends with 0 and the fingerprint of every chain where all agrees, and changes nothing', async () => {
  const before = await booksOf(depot.db)
  const { status, out, said } = verify()
  expect({ status, said }).toEqual({ status: 0, said: '' })
  const { chains } = await booksOf(depot.db)
  const head = (name: string) => chains.find(({ chain }) => chain === name)
  const [tug, genset] = chains.filter(({ chain }) => chain !== 'administration').reverse()
  expect(out).toBe(
    `Jejak audit Administrasi: ${head('administration')?.length} baris, sidik ${head('administration')?.headHash}
Jejak audit GENSET: 1 baris, sidik ${genset?.headHash}
Jejak audit TUG_ASSIST: 0 baris, sidik ${tug?.headHash}
Semua cocok: 1 catatan.
`,
  )
  expect(await booksOf(depot.db)).toEqual(before)
})

test('ends with 1 where anything differs; --rebuild mends what is derived and nothing else', async () => {
  await tamper(depot, sql`update location_days set lowest = -1`)
  expect(verify()).toMatchObject({
    status: 1,
    out: '1 selisih dalam 1 catatan.\n',
    said: 'GENSET 23/11/2026: lowest tersimpan −1,00 liter, seharusnya 0,00 liter\n',
  })
  const rebuilt = verify('--rebuild')
  expect(rebuilt.status).toBe(0)
  expect(rebuilt.out).toStartWith(
    'Diperbaiki: GENSET 23/11/2026: lowest −1,00 liter menjadi 0,00 liter\n',
  )
  expect(rebuilt.out).toEndWith('\nSemua cocok: 1 catatan.\n')
  expect(verify('--rebuild').out).toStartWith('Sisa dan angka harian sudah benar')
  await tamper(depot, sql`update transactions set notes = 'lain'`)
  expect(verify('--rebuild')).toMatchObject({ status: 1 })
})

test('a time over capacity is told, and is no difference', async () => {
  await tamper(depot, sql`update locations set capacity_litres = 9 where code = 'GENSET'`)
  const { status, out } = verify()
  expect(status).toBe(0)
  expect(out).toStartWith(
    'GENSET: melebihi kapasitas 9,00 liter sejak 23/11/2026 14.05 sampai sekarang, paling banyak 10,00 liter\n',
  )
})

test.each([[['--rebiuld']], [['GENSET']], [['--rebuild=1']]])(
  'a wrong call, %p, ends with 2 and changes nothing',
  async (words) => {
    const before = await booksOf(depot.db)
    expect(verify(...words)).toMatchObject({
      status: 2,
      out: '',
      said: expect.stringContaining('--help'),
    })
    expect(await booksOf(depot.db)).toEqual(before)
  },
)
