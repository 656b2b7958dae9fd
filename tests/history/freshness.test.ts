import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { openDatabase } from '#src/database/client.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'

let depot: Depot
let sari: Client
let wati: Client
/** The same people at a second process: an app and a pool of its own on the same database. */
let elsewhere: Record<'sari' | 'wati', Client>
let closeElsewhere: () => Promise<void>

beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 1000 })
  const second = openDatabase(testDatabaseUrl())
  const app = createApp({ ...depot.system, db: second.db }, pino({ level: 'silent' }))
  elsewhere = { sari: createClient(app, sari.jar), wati: createClient(app, wati.jar) }
  closeElsewhere = () => second.close()
})
afterAll(async () => {
  await closeElsewhere()
  await depot.close()
})

const versionIn = (html: string): string => /data-version="([^"]+)"/.exec(html)?.[1] ?? ''
const openAt = async (client: Client, path: string) =>
  versionIn(await (await client.get(path)).text())
const askAgain = (client: Client, path: string, seen: string) =>
  client.fragment(`${path}?seen=${encodeURIComponent(seen)}`)

describe.each(['/', '/history'])('%s, asked whether it is still fresh', (path) => {
  test('answers nothing where nothing changed, in any process', async () => {
    for (const [client, other] of [
      [sari, elsewhere.sari],
      [wati, elsewhere.wati],
    ] as const) {
      const seen = await openAt(client, path)
      expect(seen).not.toBe('')
      for (const asked of [client, other]) {
        const answer = await askAgain(asked, path, seen)
        expect(answer.status).toBe(204)
        expect(await answer.text()).toBe('')
        expect(answer.headers.get('Cache-Control')).toBe('no-store')
      }
    }
  })

  test('answers with the page and another version after a booking in another process', async () => {
    const seen = await openAt(wati, path)
    const { id } = await use(elsewhere.sari, { amount: 1 })
    const answer = await askAgain(wati, path, seen)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain(`id="entry-${id}"`)
    expect(html).not.toContain('<html')
    expect(versionIn(html)).not.toBe(seen)
    expect((await askAgain(wati, path, versionIn(html))).status).toBe(204)
  })

  test('leaves a clerk in peace whatever happens at other locations', async () => {
    const seen = await openAt(sari, path)
    await use(wati, { location: 'TUG_ASSIST', amount: 1 })
    expect((await askAgain(sari, path, seen)).status).toBe(204)
    await use(wati, { location: 'GENSET', amount: 1 })
    expect((await askAgain(sari, path, seen)).status).toBe(200)
  })

  test('answers with the page after a change of people or places', async () => {
    const seen = await openAt(sari, path)
    const agus = await depot.signIn('agus')
    const change = { name: `Wati ${path.length}` }
    const renamed = await agus.api('PATCH', `/api/users/${depot.ids.wati}`, change)
    expect(renamed.status).toBe(200)
    expect((await askAgain(sari, path, seen)).status).toBe(200)
  })

  test('answers with a whole page who does not ask for a part', async () => {
    const seen = await openAt(wati, path)
    const answer = await wati.get(`${path}?seen=${encodeURIComponent(seen)}`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('<html lang="id">')
  })

  test("takes nobody else's version for its own", async () => {
    const agus = await depot.signIn('agus')
    expect((await askAgain(agus, path, await openAt(wati, path))).status).toBe(200)
  })

  test('leads a stranger to the sign-in', async () => {
    const answer = await askAgain(depot.visit(), path, '1.1')
    expect(answer.headers.get('HX-Redirect')).toStartWith('/login')
  })
})

test('at midnight every page is another', async () => {
  const seen = await openAt(wati, '/')
  depot.pass({ hours: 9, minutes: 54 })
  expect((await askAgain(await depot.signIn('wati'), '/', seen)).status).toBe(204)
  depot.pass({ minutes: 2 })
  expect((await askAgain(await depot.signIn('wati'), '/', seen)).status).toBe(200)
})

test('only the first page of what goes on until today is asked for again', async () => {
  const client = await depot.signIn('wati')
  const asks = async (query: string) => (await openAt(client, `/history?${query}`)) !== ''
  for (const query of ['', 'type=OUT', 'startDate=2026-11-01', 'endDate=2026-12-31', 'limit=50'])
    expect([query, await asks(query)]).toEqual([query, true])
  for (const query of ['page=2', 'endDate=2026-11-22', 'after=1-1&search=solar', 'type=x'])
    expect([query, versionIn(await (await client.get(`/history?${query}`)).text())]).toEqual([
      query,
      '',
    ])
})
