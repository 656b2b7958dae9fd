import { afterEach, beforeEach, expect, test } from 'bun:test'
import { type Database, openDatabase } from '#src/database/client.ts'
import { booksOf } from '#tests/support/books.ts'
import { type CrashSite, openCrashSite } from '#tests/support/crash-site.ts'
import { engineName } from '#tests/support/engines.ts'
import {
  drawWrite,
  type Journal,
  openingWrites,
  openJournal,
  type Send,
  sendLoad,
  sendOpenOnes,
} from '#tests/support/load.ts'
import { randomNumbers } from '#tests/support/random.ts'
import { findChangedRepeats, findDifferences } from '#tests/support/tally.ts'
import { signInAt } from '#tests/support/visitor.ts'

/** bin/test does a few; a MySQL takes its time to come back. */
const ROUNDS = Number(process.env.CRASH_ROUNDS || (engineName() === 'mysql' ? 2 : 4))
if (!(ROUNDS > 0)) throw new Error('CRASH_ROUNDS must be a number')
/** Another one each time, named where something is found. It draws the same again, but for the answers seen. */
const SEED = Number(process.env.CRASH_SEED || Date.now() % 1_000_000)
const VICTIMS = ['app', 'database', 'app', 'database', 'both'] as const
const CLIENTS = 6
const RETURN_LIMIT_MS = 30_000
const ROUND_LIMIT_MS = 60_000
const START_LIMIT_MS = 120_000

let site: CrashSite
let database: Database
const random = randomNumbers(SEED)

beforeEach(async () => {
  site = await openCrashSite()
}, START_LIMIT_MS)
afterEach(async () => {
  await database?.close()
  await site.close()
}, START_LIMIT_MS)

test(
  `whoever is killed at a random moment, ${ROUNDS} times over: what was acknowledged is booked once and whole`,
  async () => {
    await site.begin()
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const { send } = await signInAt(site.origin(), site.admin)
        return send
      }),
    )
    database = openDatabase(site.databaseUrl)
    const journal = openJournal('jatuh')
    const opening = openingWrites(new Date())
    const draw = () => opening.shift() ?? drawWrite(random, { journal, now: new Date() })
    await sendLoad(clients.slice(0, 1), journal, { draw, isEnough: () => opening.length === 0 })
    for (let round = 0; round < ROUNDS; round++) {
      const begun = journal.sent.length
      const victim = VICTIMS[round % VICTIMS.length] ?? 'app'
      const when = `round ${round + 1}, ${victim} killed`
      await killUnderLoad(victim, (isEnough) => sendLoad(clients, journal, { draw, isEnough }))
      expect(await lookInto(journal, { when, clients, begun })).toEqual(clean(when))
    }
  },
  START_LIMIT_MS + ROUNDS * ROUND_LIMIT_MS,
)

type Victim = (typeof VICTIMS)[number]
type Load = (isEnough: () => boolean) => Promise<void>

/** Lets the clients work, kills, and waits until the app answers again. */
async function killUnderLoad(victim: Victim, load: Load): Promise<void> {
  let isEnough = false
  const work = load(() => isEnough)
  try {
    await Bun.sleep(150 + random() * 900)
    if (victim !== 'app') site.killDatabase()
    if (victim === 'both') await Bun.sleep(random() * 30)
    if (victim !== 'database') {
      await site.killApp()
      await site.begin()
    }
    await untilAnswering()
    // The clients have gone on meanwhile, and do so a little longer.
    await Bun.sleep(random() * 200)
  } finally {
    isEnough = true
    await work
  }
}

async function untilAnswering(): Promise<void> {
  const giveUpAt = Date.now() + RETURN_LIMIT_MS
  for (;;) {
    try {
      await signInAt(site.origin(), site.admin)
      return
    } catch (error) {
      if (Date.now() > giveUpAt) throw new Error(`no way back: ${site.said()}`, { cause: error })
      await Bun.sleep(100)
    }
  }
}

/** Everything that could be wrong after a kill, in one place for the message of a failure. */
async function lookInto(
  journal: Journal,
  { when, clients, begun }: { when: string; clients: Send[]; begun: number },
) {
  const atOnce = await findDifferences(database.db, journal)
  await sendOpenOnes(clients, journal)
  const afterwards = await findDifferences(database.db, journal)
  const books = await booksOf(database.db)
  const repeats = await findChangedRepeats(clients, journal.sent.slice(begun))
  const isUnchanged = Bun.deepEquals(await booksOf(database.db), books)
  const { status, err } = await site.verify()
  return { when, seed: SEED, atOnce, afterwards, repeats, isUnchanged, verify: { status, err } }
}

const clean = (when: string) => ({
  when,
  seed: SEED,
  atOnce: [],
  afterwards: [],
  repeats: [],
  isUnchanged: true,
  verify: { status: 0, err: '' },
})
