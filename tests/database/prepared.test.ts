import { afterAll, beforeAll, expect, test } from 'bun:test'
import { asc, inArray, sql } from 'drizzle-orm'
import { prepared, preparedFor, slots } from '#src/database/prepared.ts'
import { locations } from '#src/database/schema/locations.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const selectCodes = prepared((db) =>
  db
    .select({ code: locations.code })
    .from(locations)
    .where(inArray(locations.code, slots(locations.code, 'codes')))
    .orderBy(asc(locations.code)),
)

test.each([
  [[], []],
  [['GENSET'], ['GENSET']],
  [
    ['TUG_ASSIST', 'GENSET', "o'clock"],
    ['GENSET', 'TUG_ASSIST'],
  ],
])('one statement takes any list, %j', async (codes, found) => {
  const rows = await selectCodes(depot.db, { codes })
  expect(rows.map(({ code }) => code)).toEqual(found)
})

test('is built once for each shape, however often it is asked', async () => {
  const built: number[] = []
  const count = preparedFor((db, shape: number) => {
    built.push(shape)
    return db.select({ count: sql<number>`${shape} + ${sql.placeholder('more')}` }).from(sql`dual`)
  })
  for (const [shape, more] of [
    [1, 1],
    [2, 1],
    [1, 5],
  ] as const) {
    expect(await count(depot.db, shape, { more })).toEqual([{ count: shape + more }])
  }
  expect(built).toEqual([1, 2])
})
