import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { CAST } from '#tests/support/cast.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'

const PATH = '/account/warnings'
const TOLD = 'Sesi lama akun Anda dipakai lagi'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

/** Signs Sari in, keeps a copy of her cookies, and uses it long after she has gone on. */
async function stealAndReuse(): Promise<Client> {
  const sari = await depot.signIn('sari')
  const thief = createClient(depot.app, new Map(sari.jar))
  for (let turn = 0; turn < 2; turn++) {
    depot.pass({ minutes: 11 })
    await sari.get('/')
  }
  depot.pass({ minutes: 1 })
  const headers = { 'X-Real-IP': '203.0.113.9', 'User-Agent': 'pencuri' }
  expect((await thief.get('/api/auth/me', headers)).status).toBe(401)
  expect((await sari.get('/api/auth/me')).status).toBe(401)
  return sari
}

const isTold = async (client: Client, path = '/history') =>
  (await (await client.get(path)).text()).includes(TOLD)

/** Presses "Saya mengerti" on this page. */
async function acknowledge(client: Client, path = '/history'): Promise<Response> {
  const html = await (await client.get(path)).text()
  return client.post(PATH, hiddenFields(html, PATH))
}

describe('a token that was used again', () => {
  test('is told on every page of the next session, with when it was and what to do', async () => {
    await stealAndReuse()
    const sari = await depot.signIn('sari')
    for (const path of ['/', '/history', '/charts', '/tidak-ada'])
      expect(await isTold(sari, path)).toBe(true)
    const html = await (await sari.get('/')).text()
    expect(wordsOf(html)).toContain('Pada 23/11/2026 14.28 sebuah peramban memakai lagi')
    expect(html).toContain('href="/account/password"')
  })

  test('is told to nobody else, and not on the page of sign-in', async () => {
    await stealAndReuse()
    expect(await isTold(await depot.signIn('budi'))).toBe(false)
    expect(await isTold(depot.visit(), '/login')).toBe(false)
  })

  test('is not told where nothing was used again', async () => {
    const sari = await depot.signIn('sari')
    depot.pass({ minutes: 11 })
    await sari.get('/')
    expect(await isTold(await depot.signIn('sari'))).toBe(false)
  })

  test('is written down once, with where it came from', async () => {
    await stealAndReuse()
    const rows = await depot.db.select().from(accessLogs)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      action: 'token.reuse',
      userId: depot.ids.sari,
      detail: CAST.sari.email,
      address: '203.0.113.9',
      userAgent: 'pencuri',
    })
  })

  test('ends one session, and not the others of the same person', async () => {
    const phone = await depot.signIn('sari')
    await stealAndReuse()
    expect((await phone.get('/api/auth/me')).status).toBe(200)
  })
})

describe('the warning', () => {
  test('goes with its button, for good and on every browser, and leads back to the page', async () => {
    await stealAndReuse()
    const [pc, phone] = [await depot.signIn('sari'), await depot.signIn('sari')]
    expect([await isTold(pc), await isTold(phone)]).toEqual([true, true])
    const response = await acknowledge(pc, '/history?type=IN')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/history?type=IN'])
    expect([await isTold(pc), await isTold(phone)]).toEqual([false, false])
    expect(await isTold(await depot.signIn('sari'))).toBe(false)
    const actions = (await depot.db.select().from(accessLogs)).map(({ action }) => action)
    expect(actions).toEqual(['token.reuse', 'token.reuse.read'])
  })

  test('comes in the session after, where nobody has read it in the one before', async () => {
    await stealAndReuse()
    const sari = await depot.signIn('sari')
    depot.pass({ hours: 30 })
    expect((await sari.get('/api/auth/me')).status).toBe(401)
    expect(await isTold(await depot.signIn('sari'))).toBe(true)
  })

  test('that came while an older one was read stays', async () => {
    await stealAndReuse()
    const sari = await depot.signIn('sari')
    const older = hiddenFields(await (await sari.get('/')).text(), PATH)
    await stealAndReuse()
    expect((await sari.get('/api/auth/me')).status).toBe(200)
    await sari.post(PATH, older)
    expect(await isTold(await depot.signIn('sari'))).toBe(true)
  })

  test('pressed twice or where there is none does no harm', async () => {
    await stealAndReuse()
    const sari = await depot.signIn('sari')
    const fields = hiddenFields(await (await sari.get('/')).text(), PATH)
    const answers = await Promise.all([sari.post(PATH, fields), sari.post(PATH, fields)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const read = await depot.db
      .select()
      .from(accessLogs)
      .where(eq(accessLogs.action, 'token.reuse.read'))
    expect(read).toHaveLength(1)
  })

  test("is nobody else's to take away", async () => {
    await stealAndReuse()
    const sari = await depot.signIn('sari')
    const budi = await depot.signIn('budi')
    const { at = '' } = hiddenFields(await (await sari.get('/')).text(), PATH)
    const own = hiddenFields(await (await budi.get('/')).text(), '/logout')
    expect((await budi.post(PATH, { ...own, at })).status).toBe(303)
    expect((await sari.post(PATH, { at })).status).toBe(403)
    const { formToken = '' } = hiddenFields(await (await sari.get('/')).text(), PATH)
    expect((await sari.post(PATH, { formToken, at: 'kemarin' })).status).toBe(422)
    expect((await depot.visit().post(PATH, { at })).status).toBe(403)
    expect(await isTold(sari)).toBe(true)
  })

  test('never leads to another site', async () => {
    await stealAndReuse()
    const sari = await depot.signIn('sari')
    const fields = hiddenFields(await (await sari.get('/')).text(), PATH)
    for (const next of ['//jahat.example', '/\\jahat.example', 'https://jahat.example', '']) {
      const response = await sari.post(PATH, { ...fields, next })
      expect(response.headers.get('Location')).toBe('/')
    }
  })
})
