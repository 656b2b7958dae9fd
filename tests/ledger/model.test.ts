import { afterAll, beforeAll, expect, test } from 'bun:test'
import { openRealDepot, type RealDepot } from '#tests/ledger/model/depot.ts'
import { playRuns } from '#tests/ledger/model/runs.ts'
import { engineName } from '#tests/support/engines.ts'

const FULL = 300
const SHORT = 10
const WHY_SHORT = `model test: ${SHORT} runs on MySQL, ${FULL} on MariaDB, since the rules are the same code; MODEL_RUNS=5000 plays more on either\n`
const isShort = process.env.MODEL_RUNS === undefined && engineName() === 'mysql'
const runs = Number(process.env.MODEL_RUNS ?? (isShort ? SHORT : FULL))
/** The seed that a failure named, to see it again. */
const seed = process.env.MODEL_SEED === undefined ? undefined : Number(process.env.MODEL_SEED)

/** What 300 runs must have tried at least, or they prove little: everything booked, and refused for every reason. */
const TRIED: Record<string, number> = {
  'delivery: booked': 300,
  'delivery: booked late': 300,
  'delivery: meant': 30,
  'delivery: asked about': 100,
  'delivery: role': 20,
  'delivery: closed location': 30,
  'delivery: key of another': 30,
  'opening: booked': 15,
  'opening: booked late': 30,
  'opening: second opening': 30,
  'opening: opening too late': 10,
  'usage: booked': 500,
  'usage: booked late': 300,
  'usage: too much': 300,
  'usage: breaks a later moment': 10,
  'usage: asked about': 5,
  'usage: meant': 3,
  'usage: future': 20,
  'usage: too long ago': 30,
  'usage: other location': 20,
  'usage: signed out': 30,
  'correction: taken back': 100,
  'correction: replaced in its minute': 150,
  'correction: moved': 15,
  'correction: moved to another day': 30,
  'correction: breaks a moment': 50,
  'correction: asked about': 10,
  'correction: corrected before': 50,
  'correction: a reversal': 50,
  "correction: another's entry": 50,
  'correction: after a day': 5,
  'correction: unknown entry': 100,
  'correction: opening overtaken': 2,
  'again with the same: repeat': 50,
  'again with another spelling: repeat': 30,
  'again with another amount: key of another': 30,
  'again with another person: key of another': 30,
  'file: new': 50,
  'file: bad rows': 50,
  'file: breach': 30,
  'file: second opening': 10,
  'same file: nothing new': 10,
  'longer file: partly new': 5,
  'location: closed': 50,
  'person: dismissed': 50,
  'look: seen': 300,
}

let real: RealDepot
beforeAll(async () => {
  real = await openRealDepot()
})
afterAll(() => real.close())

test(
  `${runs} runs of at least 60 random commands leave the books as a plain model has them`,
  async () => {
    if (isShort) process.stdout.write(WHY_SHORT)
    const tally = await playRuns(real, { runs, seed })
    expect(tally.get('command')).toBeGreaterThanOrEqual(runs * 60)
    const rare = Object.entries(TRIED).flatMap(([what, least]) => {
      const times = tally.get(what) ?? 0
      return times < least ? [`${what}: ${times} of ${least}`] : []
    })
    expect(runs < FULL ? [] : rare).toEqual([])
  },
  60_000 + runs * 3_000,
)
