import { afterEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#src/database/client.ts'
import { toDecimal } from '#src/units/litres.ts'
import { balanceOf } from '#tests/support/books.ts'
import { testDatabaseUrl, testEnvironment } from '#tests/support/database.ts'
import {
  drawWrite,
  openingWrites,
  openJournal,
  type Send,
  sendLoad,
  sendOnce,
  shareOut,
} from '#tests/support/load.ts'
import { randomNumbers } from '#tests/support/random.ts'
import { runTool, type Started, start } from '#tests/support/started.ts'
import { findChangedRepeats, findDifferences, sumOfAcknowledged } from '#tests/support/tally.ts'
import { signInAt } from '#tests/support/visitor.ts'

const ADMIN = { email: 'agus@depo.example', password: 'kapal-tunda-besar' }
const SEED = 7
const WRITES = 300
const LONG = 90_000

const dataDir = mkdtempSync(join(tmpdir(), 'bbm-two-'))
const running: Started[] = []

afterEach(async () => {
  for (const { process, ended } of running.splice(0)) {
    process.kill('SIGTERM')
    await ended
  }
  rmSync(dataDir, { recursive: true, force: true })
})

test(
  'two processes of the app, begun at once on one empty database, keep one set of books',
  async () => {
    const [first, second] = await Promise.all([begin('one'), begin('two')])
    expect(`${first.said()}${second.said()}`.match(/^Admin pertama: .*/gm)).toEqual([
      expect.stringContaining(ADMIN.email),
    ])
    const clients = [
      ...(await Promise.all([first, first, first].map(signIn))),
      ...(await Promise.all([second, second, second].map(signIn))),
    ]
    const journal = openJournal('berdua')
    const random = randomNumbers(SEED)
    const now = new Date()
    const opening = openingWrites(now)
    const draw = () => opening.shift() ?? drawWrite(random, { journal, now })
    await sendLoad(clients.slice(0, 1), journal, { draw, isEnough: () => opening.length === 0 })
    await sendLoad(clients, journal, { draw, isEnough: () => journal.sent.length >= WRITES })

    const database = openDatabase(testDatabaseUrl())
    expect(await findDifferences(database.db, journal)).toEqual([])
    for (const location of ['GENSET', 'TUG_ASSIST'])
      expect(await balanceOf(database.db, location)).toBe(sumOfAcknowledged(journal, location))
    // What one process has booked the other answers as booked.
    const swapped = [...clients.slice(3), ...clients.slice(0, 3)]
    expect(await findChangedRepeats(swapped, journal.sent.slice(-100))).toEqual([])
    await expectTenOfFifty(clients, await balanceOf(database.db, 'GENSET'))
    await database.close()
    expect(await runTool('verify', { DATA_DIR: dataDir, ...testEnvironment() })).toMatchObject({
      status: 0,
      err: '',
    })
  },
  LONG,
)

/** Fifty usages of 10 liters at once from both processes, of a stock of 100 liters. */
async function expectTenOfFifty(clients: Send[], left: bigint): Promise<void> {
  const journal = openJournal('lima-puluh')
  const write = (path: '/api/stock/in' | '/api/stock/out', amount: string) =>
    journal.begin({
      path,
      body: { location: 'GENSET', amount, notes: 'lima puluh', confirmUnusual: true },
    })
  const usages = Array.from({ length: 50 }, () => write('/api/stock/out', '10.00'))
  await shareOut(clients.slice(0, 1), [write('/api/stock/in', '100.00')], sendOnce)
  if (left > 0n)
    await shareOut(clients.slice(0, 1), [write('/api/stock/out', toDecimal(left))], sendOnce)
  const outcomes = await Promise.all(
    clients.flatMap((send, at) =>
      usages
        .filter((_, number) => number % clients.length === at)
        .map((sent) => sendOnce(send, sent)),
    ),
  )
  const statuses = outcomes.map((outcome) => outcome?.status).sort()
  expect(statuses).toEqual([...Array(10).fill(201), ...Array(40).fill(422)])
}

async function begin(name: string): Promise<Started> {
  const server = await start({
    DATA_DIR: join(dataDir, name),
    LOG_LEVEL: 'warn',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    JWT_SECRET: 'rahasia-yang-sama-untuk-dua-proses-ini',
    ...testEnvironment(),
  })
  running.push(server)
  return server
}

const signIn = async ({ origin }: Started): Promise<Send> => (await signInAt(origin, ADMIN)).send
