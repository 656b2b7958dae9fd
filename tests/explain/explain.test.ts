import { afterAll, beforeAll, expect, test } from 'bun:test'
import { routes } from '#src/app.tsx'
import { addressesOf, addressesOfLargeBooks } from '#tests/explain/addresses.ts'
import { type LargeDepot, openLargeDepot } from '#tests/explain/books.ts'
import { findScans } from '#tests/explain/scans.ts'
import type { Asked } from '#tests/explain/statements.ts'
import { PREVIEWS, upload } from '#tests/imports/uploading.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Name } from '#tests/support/cast.ts'
import { makeKey } from '#tests/support/programs.ts'

const LONG = 120_000

let depot: LargeDepot
beforeAll(async () => {
  depot = await openLargeDepot()
}, LONG)
afterAll(() => depot.close())

const withoutPattern = (path: string): string => path.replace(/\{[^/]*/, '')

test('every page that can be asked for is listed with its addresses', () => {
  const paths = routes
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => withoutPattern(path))
  expect(Object.keys(addressesOf(depot)).sort()).toEqual([...new Set(paths)].sort())
})

/** A clerk's queries keep to one location, a bookkeeper's need not; an admin has pages of their own. */
const READERS: Name[] = ['sari', 'wati', 'agus']

test(
  'no query behind a page reads all entries',
  async () => {
    const addresses = {
      ...addressesOf(depot),
      [`${PREVIEWS}/:id`]: [await keepPreview()],
      '/keys/:id/revocation': [await keepKey()],
    }
    for (const name of READERS) await walk(name, addresses)
    await depot.pretendToBeLarge()
    await walk('wati', addressesOfLargeBooks(depot))
    const asked = [...(await depot.recorder.read()).values()]
    expect(asked.length).toBeGreaterThan(800)
    expect(asked.filter(({ plan }) => plan.length === 0)).toEqual([])
    expect(asked.flatMap(describeScans)).toEqual([])
  },
  LONG,
)

async function walk(name: Name, addresses: Record<string, string[]>): Promise<void> {
  for (const [path, targets] of Object.entries(addresses)) {
    let reader = await depot.signIn(name)
    for (const [at, target] of targets.entries()) {
      // A session may take ten files a minute.
      if (at > 0 && at % 10 === 0) reader = await depot.signIn(name)
      depot.recorder.route = `GET ${path} (${target}, asked by ${name})`
      const response = await reader.get(target)
      // What a file is made of is read while it is sent.
      await response.arrayBuffer()
      if (!isExpected(response.status, { name, target }))
        throw new Error(`${depot.recorder.route}: ${response.status}`)
    }
  }
}

/** Not all is for everybody, and some days are too far for a filter. */
function isExpected(status: number, { name, target }: { name: Name; target: string }): boolean {
  if (status === 403 || status === 404) return name !== 'agus'
  return status === 422 ? target.includes('date=') : status < 400
}

/** A file that an admin has sent and not booked yet. */
async function keepPreview(): Promise<string> {
  depot.recorder.route = `POST ${PREVIEWS}`
  const rows =
    'tanggal,jenis,lokasi,jumlah,keterangan\n2025-12-30T10:00:00+08:00,OUT,GENSET,1,uji\n'
  const response = await upload(await depot.signIn('agus'), rows)
  const path = response.headers.get('Location')
  if (path === null) throw new Error(`the file was not taken: ${response.status}`)
  return path
}

/** Where a key is revoked that was not yet. */
async function keepKey(): Promise<string> {
  depot.recorder.route = 'POST of a key'
  const { id } = await makeKey(await depot.signIn('agus'), { scope: 'book', location: 'GENSET' })
  return `/keys/${id}/revocation`
}

test('no query of a booking or a correction reads all entries', async () => {
  const [sari, wati] = [await depot.signIn('sari'), await depot.signIn('wati')]
  depot.recorder.route = 'POST of a delivery'
  await deliver(wati, { location: 'DERMAGA', amount: 5000 })
  depot.recorder.route = 'POST of a delivery of last year'
  const occurredAt = '2025-03-01T08:00'
  const { id } = await deliver(wati, { location: 'DERMAGA', amount: 5000, occurredAt })
  depot.recorder.route = 'POST of a usage'
  await use(sari, { amount: 1 })
  depot.recorder.route = 'POST of a correction'
  await correct(wati, { entryId: id, replacement: { amount: 6000 } })
  const asked = [...(await depot.recorder.read()).values()]
  expect(asked.filter(({ route }) => route.startsWith('POST of')).length).toBeGreaterThan(10)
  expect(asked.flatMap(describeScans)).toEqual([])
})

/** What may read all entries, and why. */
const EXCEPTIONS = [
  {
    // An export of everything reads everything. Of small books the first page may be sorted out of all entries, which
    // is sooner done than to follow the index; every other page begins behind the one before it.
    route: /^GET \/(api\/)?stock\/export /,
    sql: /`reversal`\.`reverses_id` = `transactions`\.`id` order by .* limit \d+$/,
  },
]

function describeScans(asked: Asked): string[] {
  if (EXCEPTIONS.some(({ route, sql }) => route.test(asked.route) && sql.test(asked.sql))) return []
  return findScans(asked).map(
    (step) => `${asked.route} reads all entries: ${JSON.stringify(step)} in ${asked.sql}`,
  )
}

test.each([
  ['by a column without an index', "select id from transactions where notes = 'x'"],
  [
    'under another name',
    'select 1 from locations left join `transactions` `other` on notes = name',
  ],
  [
    'within another query',
    'select 1 from (select distinct reference from transactions) as some limit 1',
  ],
  ['along an index to its end', 'select sum(litres) from transactions where id % 2 = 0'],
  ['to sort them', 'select id from `transactions` order by `notes` limit 20'],
])('a query that reads all entries %s is found', async (_, sql) => {
  expect((await ask(sql)).length).toBeGreaterThan(0)
})

test.each([
  'select id from transactions order by occurred_at desc, id desc limit 20',
  'select id from transactions where id = 7',
  'select notes from locations cross join (select notes from transactions where id = 7) as one',
])('%s is none', async (sql) => {
  expect(await ask(sql)).toEqual([])
})

async function ask(sql: string): Promise<string[]> {
  depot.recorder.route = 'a test'
  await depot.ask(sql)
  const asked = (await depot.recorder.read()).get(sql)
  if (!asked || asked.plan.length === 0) throw new Error('it was not recorded')
  return describeScans(asked)
}
