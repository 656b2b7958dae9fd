import { afterAll, afterEach, beforeAll, beforeEach } from 'bun:test'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { type Database, openDatabase } from '#src/database/client.ts'
import type { Env } from '#src/http/route.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import type { Name } from '#tests/support/cast.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'
import { hiddenFields } from '#tests/support/html.ts'
import { type DatabaseProxy, openProxy } from '#tests/support/proxy.ts'

/** How long the app may need after the return of the database (issue 3). */
const RETURN_MS = 2000
/** Shorter than in the server, which people can wait for. */
const SILENCE_LIMIT_MS = 2000

/**
 * For each test a depot with 1000 L at GENSET, and an app that knows its database only through a proxy that can fail.
 * The depot itself goes past the proxy, to look at the books meanwhile.
 */
export function useDepotBehindProxy() {
  let depot: Depot
  let proxy: DatabaseProxy
  let database: Database
  let app: Hono<Env>
  beforeAll(async () => {
    proxy = await openProxy(testDatabaseUrl())
  })
  beforeEach(async () => {
    depot = await openDepot()
    const wati = await depot.signIn('wati')
    await wati.api('POST', '/api/stock/in', { location: 'GENSET', amount: 1000 })
    database = openDatabase(proxy.url, { silenceLimit: SILENCE_LIMIT_MS })
    app = createApp({ ...depot.system, db: database.db }, pino({ level: 'silent' }))
  })
  afterEach(async () => {
    proxy.onCommit(null)
    await proxy.mend()
    await database.close()
    await depot.close()
  })
  afterAll(() => proxy.close())
  const signIn = async (name: Name): Promise<Client> =>
    createClient(app, (await depot.signIn(name)).jar)
  return {
    depot: () => depot,
    proxy: () => proxy,
    visit: () => createClient(app),
    signIn,
    /** Opens a form and lets the database go before it is sent. */
    async openForm(name: Name, path: string) {
      const client = await signIn(name)
      const hidden = hiddenFields(await (await client.get(path)).text(), path)
      await proxy.cut()
      return { client, hidden }
    },
  }
}

/** Asks until the database is back for the app. Throws an Error where that takes over two seconds. */
export async function untilBack(ask: () => Promise<Response>): Promise<Response> {
  const giveUpAt = Date.now() + RETURN_MS
  for (;;) {
    const answer = await ask()
    if (answer.status !== 503) return answer
    if (Date.now() > giveUpAt) throw new Error('two seconds after its return the app is not back')
    await Bun.sleep(20)
  }
}
