import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { openSession } from '#src/auth/sessions.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'
import { CAST } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'
import { accountOf, BY_HTMX, trailOf } from '#tests/users/desk.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const OFFICE = {
  address: '10.0.0.7',
  userAgent:
    'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
}
const PHONE = {
  address: '10.0.0.8',
  userAgent:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
}
const begin = async (id: number, origin = OFFICE) =>
  (await openSession(depot.system, id, origin)).sessionId
const read = async (id: number) => (await agus.get(`/users/${id}`)).text()

/** The fields of the form that ends this session. */
function endOf(html: string, session: string): Record<string, string> {
  const forms = html.match(/<form\b.*?<\/form>/gs) ?? []
  const form = forms.find((one) => one.includes(`name="session" value="${session}"`)) ?? ''
  return hiddenFields(form, /action="([^"]+)"/.exec(form)?.[1] ?? '')
}
const alive = async () =>
  (await everythingIn(depot.db)).sessions.filter(({ endedAt }) => endedAt === null).length

describe('the page of a person', () => {
  test('tells what is known of them and where they are signed in', async () => {
    const { sari } = depot.ids
    expect(wordsOf(await read(sari))).toContain('tidak sedang masuk di perangkat mana pun')
    await begin(sari)
    depot.pass({ minutes: 20 })
    await begin(sari, PHONE)
    const words = wordsOf(await read(sari))
    expect(words).toContain('Sari Wulandari Operasional · GENSET')
    expect(words).toContain('Email sari@depo.example')
    expect(words).toContain('Chrome di Android 10.0.0.8 hari ini 14.25 hari ini 14.25')
    expect(words).toContain('Chrome di Windows 7 10.0.0.7 hari ini 14.05 hari ini 14.05')
    expect(words.indexOf('Android')).toBeLessThan(words.indexOf('Windows 7'))
  })

  test('marks the session that asks', async () => {
    await begin(depot.ids.agus)
    const html = await read(depot.ids.agus)
    expect(html.match(/Sesi ini/g)).toHaveLength(1)
    expect(wordsOf(html)).not.toContain('Buat kata sandi baru')
  })

  test('has a button that deactivates, and one that brings back', async () => {
    const { sari } = depot.ids
    for (const active of [false, true]) {
      const html = await read(sari)
      expect(wordsOf(html)).toContain(active ? 'Aktifkan lagi' : 'Nonaktifkan')
      const answer = await agus.post(`/users/${sari}`, hiddenFields(html, `/users/${sari}`))
      expect(answer.status).toBe(303)
      const { email, name } = CAST.sari
      expect(await accountOf(depot, sari)).toMatchObject({ active, email, name })
    }
  })
})

describe('ending sessions of a person', () => {
  test('ends the one that was chosen, and says so', async () => {
    const { sari } = depot.ids
    const [office, phone] = [await begin(sari), await begin(sari, PHONE)]
    const html = await read(sari)
    const answer = await agus.post(`/users/${sari}/session-ends`, endOf(html, office))
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, `/users/${sari}?ended=1`])
    const after = await (await agus.get(`/users/${sari}?ended=1`)).text()
    expect(wordsOf(after)).toContain('Satu sesi diakhiri.')
    expect(endOf(html, phone)).not.toEqual({})
    expect(after).not.toContain(office)
    const { sessions } = await everythingIn(depot.db)
    expect(sessions.find(({ id }) => id === office)?.endReason).toBe('admin')
    expect(sessions.find(({ id }) => id === phone)?.endedAt).toBeNull()
    const [link] = await trailOf(depot, sari)
    expect(link).toMatchObject({ action: 'user.session-end', userId: depot.ids.agus })
    expect(link?.after).toBe('{"ended":[{"device":"Chrome di Windows 7","address":"10.0.0.7"}]}')
    expect(link?.after).not.toContain(office)
  })

  test('ends all of them by one button, and by htmx answers the list', async () => {
    const { sari } = depot.ids
    const client = await depot.signIn('sari')
    await begin(sari, PHONE)
    const fields = endOf(await read(sari), 'all')
    const answer = await agus.post(`/users/${sari}/session-ends`, fields, BY_HTMX)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toStartWith('<section class="panel" id="sessions"')
    expect(wordsOf(html)).toContain('2 sesi diakhiri.')
    expect((await client.get('/api/auth/me')).status).toBe(401)
    expect(await alive()).toBe(1)
  })

  test('twice, also at once, is the same as once', async () => {
    const { sari } = depot.ids
    const office = await begin(sari)
    const fields = endOf(await read(sari), office)
    const send = () => agus.post(`/users/${sari}/session-ends`, fields)
    const answers = await Promise.all([send(), send(), send()])
    for (const answer of [...answers, await send()])
      expect(answer.headers.get('Location')).toBe(`/users/${sari}?ended=1`)
    expect(await trailOf(depot, sari)).toHaveLength(1)
  })

  test("ends nothing of somebody else's, and nothing that is over", async () => {
    const { sari, budi } = depot.ids
    const [own, other] = [await begin(sari), await begin(budi)]
    const fields = endOf(await read(sari), own)
    const before = await alive()
    const path = `/users/${sari}/session-ends`
    const answer = await agus.post(path, { ...fields, session: other })
    expect(answer.headers.get('Location')).toBe(`/users/${sari}?ended=0`)
    expect(await alive()).toBe(before)
    const words = wordsOf(await (await agus.get(`/users/${sari}?ended=0`)).text())
    expect(words).toContain('sudah berakhir lebih dulu')
    expect((await agus.post(path, { ...fields, session: 'salah' })).status).toBe(422)
    expect(
      (await agus.post('/users/999999/session-ends', { ...fields, requestId: 'lain' })).status,
    ).toBe(404)
    expect(await alive()).toBe(before)
    expect(await trailOf(depot, sari)).toEqual([])
  })

  test('of oneself leads to the sign-in', async () => {
    const fields = endOf(await read(depot.ids.agus), 'all')
    const answer = await agus.post(`/users/${depot.ids.agus}/session-ends`, fields)
    expect(answer.headers.get('Location')).toBe('/login')
    expect((await agus.get('/login')).status).toBe(200)
  })
})
