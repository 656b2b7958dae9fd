import { afterAll, beforeAll, expect, test } from 'bun:test'
import { limits } from '#src/database/schema/limits.ts'
import { limiter } from '#src/throttle/limiter.ts'
import { type EmptyDepot, emptyDepot } from '#tests/support/app.ts'
import { useStandingClock } from '#tests/throttle/clock.ts'

const { pass } = useStandingClock()
const MINUTE = 60

let depot: EmptyDepot
beforeAll(async () => {
  depot = await emptyDepot()
})
afterAll(async () => {
  await depot.root.close()
  await depot.database.close()
})

const counters = limiter('uji', MINUTE)
const count = (key: string, points = 1) => counters(depot.system).add(key, points)

test('counts under any key, and each key of each kind for itself', async () => {
  const keys = ['', 'a', 'A', 'é', '🛢', "' or 1=1 -- ", 'x'.repeat(10_000)]
  for (const key of keys) expect((await count(key)).points).toBe(1)
  for (const key of keys) expect((await count(key)).points).toBe(2)
  expect((await limiter('lain', MINUTE)(depot.system).add('a', 1)).points).toBe(1)
  const names = (await depot.database.db.select().from(limits)).map(({ key }) => key)
  expect(names.filter((name) => !/^(uji|lain):[\w-]{43}$/.test(name))).toEqual([])
})

test('many at once are counted one by one, also where the row is not there yet', async () => {
  const counts = await Promise.all(Array.from({ length: 60 }, () => count('bersama')))
  expect(Math.max(...counts.map(({ points }) => points))).toBe(60)
  expect(await counters(depot.system).read('bersama')).toEqual({ points: 60, endsInMs: 60_000 })
})

test('a count that is cleared while others count is no fault', async () => {
  const { clear } = counters(depot.system)
  const work = Array.from({ length: 100 }, (_, at) =>
    at % 2 ? count('dihapus').then(() => null) : clear('dihapus').then(() => null),
  )
  expect(await Promise.all(work)).toEqual(Array(100).fill(null))
})

test('what is over is forgotten, and its row is cleared away by whoever counts later', async () => {
  const rows = async () => (await depot.database.db.select().from(limits)).length
  await count('lama')
  pass(MINUTE)
  expect(await counters(depot.system).read('lama')).toBeNull()
  expect((await count('lama')).points).toBe(1)
  expect(await rows()).toBeGreaterThan(5)
  pass(10 * MINUTE)
  await count('baru')
  while ((await rows()) > 1) await Bun.sleep(1)
  expect((await counters(depot.system).read('baru'))?.points).toBe(1)
})
