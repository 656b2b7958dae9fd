import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  addDays,
  businessDay,
  type Day,
  dayStart,
  formatDay,
  formatLongDay,
  wallClock,
} from '#src/units/business-day.ts'
import { csv } from '#tests/imports/bring-in.ts'
import { dataOf, EntryJson, HistoryJson, SummaryJson, TrendJson } from '#tests/support/answers.ts'
import { wordsOf } from '#tests/support/html.ts'
import { signInAt, type Visitor } from '#tests/support/visitor.ts'
import { beginZoned, openZonedServer, runZoned, type ZonedServer } from '#tests/support/zoned.ts'

const WITA = 'Asia/Makassar'
const PROCESS_ZONES = ['UTC', 'Asia/Makassar', 'America/Los_Angeles'] as const
const SERVER_ZONES = ['+00:00', '+08:00', '-08:00'] as const
/** One for each zone of a process, which books there. */
const PLACES = ['GENSET', 'TUG_ASSIST', 'PELABUHAN'] as const
const ADMIN = { email: 'agus@depo.example', password: 'kapal-tunda-besar' }
/** In Los Angeles this hour does not exist, as a time in UTC, and the second one comes twice. */
const ODD_HOURS = ['2021-03-14T02:30:00.000Z', '2021-11-07T01:30:00.000Z'] as const
const LONG = 240_000

let server: ZonedServer
const running: ChildProcess[] = []

beforeAll(async () => {
  server = await openZonedServer()
}, LONG)
afterEach(endAll, LONG)
afterAll(async () => {
  await endAll()
  await server?.close()
}, LONG)

describe('an entry at 00:20 WITA, and its neighbour at 23:50, lie on their own days', () => {
  test.each(SERVER_ZONES)(
    'with the database at %s and processes in UTC, Makassar and Los Angeles',
    async (serverZone) => {
      const found = await server.moveTo(serverZone, `zone_${SERVER_ZONES.indexOf(serverZone)}`)
      const environment = {
        ...found,
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
        JWT_SECRET: 'rahasia-yang-sama-untuk-tiga-proses-ini',
      }
      const visitors: Visitor[] = []
      for (const TZ of PROCESS_ZONES) {
        const app = await beginZoned({ ...environment, TZ })
        running.push(app.process)
        visitors.push(await signInAt(app.origin, ADMIN))
      }
      const [first] = visitors
      if (!first) throw new Error('no app runs')
      await first.send('/api/locations', { code: 'PELABUHAN', name: 'PELABUHAN' }, 'pelabuhan')
      const days = await chooseDays()
      for (const [at, visitor] of visitors.entries()) await book(visitor, PLACES[at] ?? '', days)
      for (const visitor of visitors) {
        for (const place of PLACES) await expectDays(visitor, place, days)
        await expectPages(visitor, days)
      }
      await expectSameFile(environment, first)
      const verify = runZoned(['src/ledger/verify-command.ts'], {
        ...environment,
        TZ: 'America/Los_Angeles',
      })
      expect(await once(verify, 'exit')).toEqual([0, null])
    },
    LONG,
  )
})

/** Today's first entry, a moment that is over whenever the tests run, and the day before. */
type Days = { today: Day; yesterday: Day; early: string }

/** Today is not to end while the tests look at it. */
async function chooseDays(): Promise<Days> {
  const tomorrow = dayStart(addDays(businessDay(new Date(), WITA), 1), WITA)
  const left = tomorrow.getTime() - Date.now()
  if (left < 60_000) await Bun.sleep(left)
  const now = wallClock(new Date(), WITA)
  const today = now.slice(0, 10)
  const early = now.slice(11, 16) < '00:20' ? '00:00' : '00:20'
  return { today, yesterday: addDays(today, -1), early }
}

async function book(visitor: Visitor, location: string, days: Days): Promise<void> {
  const { today, yesterday, early } = days
  const send = async (path: string, fields: object) => {
    const key = `${location}-${JSON.stringify(fields)}`.replaceAll(/[^!-~]/g, '')
    const response = await visitor.send(path, { location, ...fields }, key.slice(0, 100))
    if (response.status !== 201) throw new Error(await response.text())
    return dataOf(response, EntryJson)
  }
  for (const occurredAt of ODD_HOURS) {
    const entry = await send('/api/stock/in', { amount: 500, occurredAt })
    expect(entry.occurredAt).toBe(occurredAt)
  }
  await send('/api/stock/out', { amount: 3, occurredAt: `${yesterday}T23:50` })
  const entry = await send('/api/stock/out', { amount: 7, occurredAt: `${today}T${early}` })
  expect(entry.occurredAt).toBe(new Date(`${today}T${early}:00+08:00`).toISOString())
  const age = Date.now() - new Date(entry.recordedAt).getTime()
  expect(Math.abs(age)).toBeLessThan(60_000)
}

async function expectDays({ get }: Visitor, place: string, days: Days): Promise<void> {
  const { today, yesterday } = days
  const figures = { opening: '997.00', in: '0.00', out: '7.00', closing: '990.00' }
  const before = { opening: '1000.00', in: '0.00', out: '3.00', closing: '997.00' }
  const summary = await dataOf(await get('/api/stock/summary'), SummaryJson)
  expect(summary.find(({ location }) => location === place)?.today).toEqual(figures)
  const trendPath = `/api/stock/trend?days=2&location=${place}`
  expect(await dataOf(await get(trendPath), TrendJson)).toEqual([
    { date: yesterday, location: place, ...before },
    { date: today, location: place, ...figures },
  ])
  const on = async (first: Day, last: Day) => {
    const path = `/api/stock/history?location=${place}&startDate=${first}&endDate=${last}`
    const { data, totals } = HistoryJson.parse(await (await get(path)).json())
    return [totals.litresOut, ...data.map(({ amount, balanceAfter }) => [amount, balanceAfter])]
  }
  expect(await on(today, today)).toEqual(['7.00', ['7.00', '990.00']])
  expect(await on(yesterday, yesterday)).toEqual(['3.00', ['3.00', '997.00']])
  expect((await on(yesterday, today))[0]).toBe('10.00')
  for (const [at, instant] of ODD_HOURS.entries()) {
    const balance = `${500 * (at + 1)}.00`
    const day = businessDay(new Date(instant), WITA)
    expect(await on(day, day)).toEqual(['0.00', ['500.00', balance]])
  }
}

async function expectPages({ get }: Visitor, { today, yesterday, early }: Days): Promise<void> {
  const clock = early.replace(':', '.')
  const home = wordsOf(await (await get('/')).text())
  expect(home).toMatch(/Stok awal hari ini 997,00 .*?−7,00 Stok akhir 990,00/)
  expect(home).toContain(` ${clock} `)
  expect(home).not.toContain('23.50')
  const page = async (query: string) => wordsOf(await (await get(`/history?${query}`)).text())
  const [now, then] = [formatLongDay(today), formatLongDay(yesterday)]
  const headings = new RegExp(`${now} .*${clock} .*${then} .*23\\.50 `)
  expect(await page('location=GENSET')).toMatch(headings)
  const typed = formatDay(yesterday)
  const filtered = await page(`location=GENSET&startDate=${typed}&endDate=${typed}`)
  expect(filtered).toContain('23.50')
  expect(filtered).not.toContain(now)
}

/** Rows of a file without an offset mean the same in every zone: read again elsewhere they are known. */
async function expectSameFile(environment: Record<string, string>, { get }: Visitor) {
  const folder = mkdtempSync(join(tmpdir(), 'zones-'))
  const file = join(folder, 'buku.csv')
  writeFileSync(
    file,
    csv('2021-03-14T10:30,IN,GENSET,1,satu,', '2021-11-08T00:20,IN,GENSET,2,dua,'),
  )
  for (const TZ of ['America/Los_Angeles', 'UTC']) {
    const child = runZoned(['src/imports/command.ts', file], { ...environment, TZ })
    expect(await once(child, 'exit')).toEqual([0, null])
  }
  rmSync(folder, { recursive: true })
  const path = '/api/stock/history?location=GENSET&startDate=2021-11-08&endDate=2021-11-08'
  const { data } = HistoryJson.parse(await (await get(path)).json())
  expect(data.map(({ occurredAt, amount }) => [occurredAt, amount])).toEqual([
    ['2021-11-07T16:20:00.000Z', '2.00'],
  ])
}

async function endAll(): Promise<void> {
  await Promise.all(
    running.splice(0).map(async (child) => {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGTERM')
      await ended
    }),
  )
}
