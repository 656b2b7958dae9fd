import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { asc, eq } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { sessions } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { hiddenFields, unescapeHtml, wordsOf } from '#tests/support/html.ts'

const PATH = '/account/sessions/endings'
const WINDOWS_7 =
  'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36'

let depot: Depot
let sari: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
})
afterAll(() => depot.close())

const isIn = async (client: Client): Promise<boolean> =>
  (await client.get('/api/auth/me')).status === 200
const page = async (client = sari) => (await client.get('/account')).text()

/** The forms that end sessions, by the words of their buttons. */
function formsIn(html: string): { label: string; fields: Record<string, string> }[] {
  const forms = html.match(/<form\b[^>]*action="\/account\/sessions\/endings".*?<\/form>/gs) ?? []
  return forms.map((form) => ({
    label: unescapeHtml(/aria-label="([^"]*)"/.exec(form)?.[1] ?? wordsOf(form).trim()),
    fields: hiddenFields(form, PATH),
  }))
}

async function end(label: string, headers = {}): Promise<Response> {
  const form = formsIn(await page()).find((one) => one.label === label)
  if (!form) throw new Error(`nothing ends "${label}"`)
  return sari.post(PATH, form.fields, headers)
}

async function signInFrom(address: string, userAgent: string): Promise<Client> {
  const client = depot.visit()
  const headers = { 'X-Real-IP': address, 'User-Agent': userAgent }
  const body = { email: CAST.sari.email, password: PASSWORD }
  await client.api('POST', '/api/auth/login', body, headers)
  return client
}

describe('the own sessions', () => {
  test('are listed with device, address and time, and which of them is this one', async () => {
    depot.pass({ hours: 3 })
    await signInFrom('203.0.113.7', WINDOWS_7)
    const words = wordsOf(await page())
    expect(words).toContain('Chrome di Windows 7 203.0.113.7 hari ini 17.05 hari ini 17.05')
    expect(words).toMatch(/tests Sesi ini 127\.0\.0\.1 hari ini 14\.05/)
  })

  test("are nobody else's, and none that is over", async () => {
    const gone = await depot.signIn('sari')
    await gone.api('POST', '/api/auth/logout')
    await depot.signIn('wati')
    const forms = formsIn(await page())
    expect(forms.map(({ label }) => label)).toEqual(['Akhiri tests'])
  })
})

describe('ending the others', () => {
  test('signs every other browser out, and this one stays', async () => {
    const others = [await depot.signIn('sari'), await signInFrom('203.0.113.7', WINDOWS_7)]
    const wati = await depot.signIn('wati')
    const response = await end('Akhiri sesi lain')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/account?ended=2'])
    expect(await Promise.all([...others, sari, wati].map(isIn))).toEqual([false, false, true, true])
    expect(wordsOf(await (await sari.get('/account?ended=2')).text())).toContain('2 sesi diakhiri.')
    expect(formsIn(await page())).toHaveLength(1)
  })

  test('is written down, each with its device and address', async () => {
    await signInFrom('203.0.113.7', WINDOWS_7)
    await end('Akhiri sesi lain', { 'X-Real-IP': '198.51.100.1' })
    const rows = await depot.db.select().from(accessLogs).orderBy(asc(accessLogs.id))
    expect(rows.at(-1)).toMatchObject({
      action: 'session-end',
      userId: depot.ids.sari,
      detail: 'Chrome di Windows 7, 203.0.113.7',
      address: '198.51.100.1',
    })
    const ended = await depot.db.select().from(sessions).where(eq(sessions.endReason, 'logout'))
    expect(ended).toHaveLength(1)
  })

  test('gives htmx the sessions that are left, and says what became of the others', async () => {
    await depot.signIn('sari')
    const response = await end('Akhiri sesi lain', { 'HX-Request': 'true' })
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).toStartWith('<section class="panel" id="sessions"')
    expect(html).toContain('hx-swap-oob="innerHTML:#status"')
    expect(wordsOf(html)).toContain('Satu sesi diakhiri.')
    expect(formsIn(html)).toHaveLength(1)
  })

  test('sent twice, or by many at once, answers the same and is done once', async () => {
    await depot.signIn('sari')
    const [form] = formsIn(await page())
    const send = () => sari.post(PATH, form?.fields ?? {})
    const answers = await Promise.all(Array.from({ length: 5 }, send))
    expect(new Set(answers.map(({ headers }) => headers.get('Location')))).toEqual(
      new Set(['/account?ended=1']),
    )
    const rows = await depot.db.select().from(accessLogs)
    expect(rows.filter(({ action }) => action === 'session-end')).toHaveLength(1)
  })
})

describe('ending one', () => {
  test('ends that one alone', async () => {
    const old = await signInFrom('203.0.113.7', WINDOWS_7)
    const other = await depot.signIn('sari')
    const response = await end('Akhiri Chrome di Windows 7')
    expect(response.headers.get('Location')).toBe('/account?ended=1')
    expect(await Promise.all([old, other, sari].map(isIn))).toEqual([false, true, true])
  })

  test('that is this one is to sign out', async () => {
    const copy = createClient(depot.app, new Map(sari.jar))
    const response = await end('Akhiri tests')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/login'])
    expect([...sari.jar.keys()]).toEqual([])
    expect(await isIn(copy)).toBe(false)
  })

  test('of somebody else, of nobody, or that is over ends none', async () => {
    const wati = await depot.signIn('wati')
    const [own] = formsIn(await page())
    const [foreign] = formsIn(await page(wati))
    const none = [foreign?.fields.session ?? '', '0'.repeat(32), '', "' or 1=1 -- "]
    for (const [at, session] of none.entries()) {
      const requestId = `none-${at}`
      const fields = { ...own?.fields, requestId, session }
      expect((await sari.post(PATH, fields)).headers.get('Location')).toBe('/account?ended=0')
    }
    expect(await Promise.all([wati, sari].map(isIn))).toEqual([true, true])
  })

  test('without saying which, or without the token of the page, is refused', async () => {
    const other = await depot.signIn('sari')
    const [form] = formsIn(await page())
    const { session: _, ...unsaid } = form?.fields ?? {}
    expect((await sari.post(PATH, unsaid)).status).toBe(422)
    expect((await sari.post(PATH, { session: 'all', requestId: 'x' })).status).toBe(403)
    expect(await isIn(other)).toBe(true)
  })
})
