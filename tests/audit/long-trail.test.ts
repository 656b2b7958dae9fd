import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { type Database, openDatabase } from '#src/database/client.ts'
import { accessLogs, systemLogs } from '#src/database/schema/audit.ts'
import { findScans } from '#tests/explain/scans.ts'
import { recordStatements } from '#tests/explain/statements.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'
import { unescapeHtml, wordsOf } from '#tests/support/html.ts'

/** More than one request looks at. */
const ROWS = 12_500
const LONG = 120_000

let depot: Depot
/** The app's own, whose statements are written down. */
let database: Database
let recorder: ReturnType<typeof recordStatements>
let wati: Client
let agus: Client
beforeAll(async () => {
  depot = await openDepot()
  const { sari, budi } = depot.ids
  // The oldest row is the only one that both of them are named by.
  await write({ rows: 1, from: 1, userId: sari, action: 'entry.book', chain: 'location:9' })
  await write({ rows: ROWS, from: 1, userId: budi, action: 'entry.book', chain: 'location:8' })
  await write({
    rows: ROWS,
    from: 100,
    userId: sari,
    action: 'user.change',
    chain: 'administration',
  })
  await noteAccesses(ROWS)
  for (const table of ['system_logs', 'access_logs'])
    await depot.root.db.execute(sql.raw(`analyze table ${table}`))
  database = openDatabase(testDatabaseUrl())
  recorder = recordStatements(database)
  const app = createApp({ ...depot.system, db: database.db }, pino({ level: 'silent' }))
  wati = createClient(app, (await depot.signIn('wati')).jar)
  agus = createClient(app, (await depot.signIn('agus')).jar)
}, LONG)
afterAll(async () => {
  await database.close()
  await depot.close()
})

type Rows = { rows: number; from: number; userId: number; action: string; chain: string }

/** One a minute, from noon of 1 November on; what they hold is of no interest here. */
async function write({ rows, from, ...row }: Rows): Promise<void> {
  const all = Array.from({ length: rows }, (_, at) => ({
    ...row,
    position: from + at,
    recordedAt: minute(at),
    subject: `entry:${at + 1}`,
    previousHash: '',
    hash: '',
  }))
  for (let at = 0; at < all.length; at += 500)
    await depot.root.db.insert(systemLogs).values(all.slice(at, at + 500))
}

async function noteAccesses(rows: number): Promise<void> {
  const all = Array.from({ length: rows }, (_, at) => ({
    recordedAt: minute(at),
    action: 'sign-in',
    userId: depot.ids.sari,
    detail: `nomor ${at}`,
    address: at === 3 ? '10.9.9.9' : '10.0.0.1',
    userAgent: '',
  }))
  for (let at = 0; at < all.length; at += 500)
    await depot.root.db.insert(accessLogs).values(all.slice(at, at + 500))
}

const minute = (at: number): Date => new Date(Date.parse('2026-11-01T04:00:00Z') + at * 60_000)

async function read(client: Client, path: string) {
  const response = await client.get(path)
  expect([path, response.status]).toEqual([path, 200])
  const html = await response.text()
  const hrefOf = (rel: string) =>
    unescapeHtml(new RegExp(`<a href="([^"]*)" rel="${rel}"`).exec(html)?.[1] ?? '')
  const rows = [...html.matchAll(/<tr id="(?:change|access)-\d+">.*?<\/tr>/gs)]
  return {
    rows: rows.map(([row]) => wordsOf(row)),
    words: wordsOf(html),
    newer: hrefOf('prev'),
    older: hrefOf('next'),
  }
}

/** Goes on to older pages until there is none. */
async function readOn(client: Client, path: string) {
  const pages = []
  for (let next = path; next !== ''; ) {
    const page = await read(client, next)
    pages.push(page)
    next = page.older
  }
  return pages
}

describe('a trail of many rows', () => {
  test('is searched part by part where no index knows all that is asked, and says how far', async () => {
    const { sari } = depot.ids
    const first = await read(agus, `/audit?user=${sari}&action=entry.book`)
    expect(first.rows).toEqual([])
    expect(first.words).toContain('Belum ada yang cocok. Dicari sampai 3 November 2026.')
    expect(first.newer).toBe('')
    const second = await read(agus, first.older)
    expect(second.rows).toHaveLength(1)
    expect(second.rows[0]).toContain('Catatan nomor 1 Sari Wulandari')
    expect(second.older).toBe('')
    const back = await read(agus, second.newer)
    expect(back.rows).toEqual([])
    expect(back.words).toContain('Yang lebih baru belum dicari.')
  })

  test('is searched whole where one of the things asked for is rare', async () => {
    const { sari } = depot.ids
    const { rows, words } = await read(agus, `/audit?user=${sari}&chain=location:9`)
    expect(rows).toHaveLength(1)
    expect(words).toContain('1 perubahan')
    expect(words).not.toContain('Dicari sampai')
  })

  test('shows a supervisor what lies behind thousands of rows that are a secret', async () => {
    const first = await read(wati, '/audit')
    expect(first.rows).toEqual([])
    expect(first.words).toContain('Belum ada yang cocok. Dicari sampai')
    const second = await read(wati, first.older)
    expect(second.rows).toHaveLength(50)
    expect(second.rows[0]).toContain(`Catatan nomor ${ROWS} Budi Santoso`)
  })

  test(
    'is walked to its end, each row once, by whatever is asked for',
    async () => {
      const { budi } = depot.ids
      const day = 'startDate=2026-11-05&endDate=2026-11-05'
      for (const query of [
        `user=${budi}&${day}`,
        `chain=location:8&${day}`,
        `action=entry.book&${day}`,
      ]) {
        const pages = await readOn(agus, `/audit?${query}`)
        const rows = pages.flatMap((page) => page.rows)
        expect([query, rows.length, new Set(rows).size]).toEqual([query, 24 * 60, 24 * 60])
      }
    },
    LONG,
  )

  test('of sign-ins is the same', async () => {
    const pages = await readOn(agus, '/audit/access?address=10.9.9.9')
    expect(pages.map(({ rows }) => rows.length)).toEqual([0, 1])
    expect(pages[0]?.words).toContain('Belum ada yang cocok. Dicari sampai 3 November 2026.')
    const onDay = await readOn(agus, '/audit/access?address=10.9.9.9&endDate=2026-11-01')
    expect(onDay.map(({ rows }) => rows.length)).toEqual([1])
  })

  test(
    'is never read from one end to the other',
    async () => {
      const { sari } = depot.ids
      const day = 'startDate=2026-11-03&endDate=2026-11-03'
      for (const filter of [
        '',
        `user=${sari}`,
        'user=none',
        'action=entry.book',
        'thing=user',
        'thing=entry',
      ])
        for (const client of [wati, agus])
          for (const more of ['', day, 'chain=location:8', 'after=1793700000000-9000'])
            await read(client, `/audit?${filter}&${more}`)
      for (const query of ['user=none', `user=${sari}&${day}`, 'action=refused&address=10.9.9.9'])
        await read(agus, `/audit/access?${query}`)
      const asked = [...(await recorder.read()).values()]
      expect(asked.length).toBeGreaterThan(60)
      const scans = asked.flatMap((one) =>
        ['system_logs', 'access_logs'].flatMap((table) =>
          findScans(one, table).map((step) => `${JSON.stringify(step)} in ${one.sql}`),
        ),
      )
      expect(scans).toEqual([])
    },
    LONG,
  )
})
