import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { accessLogs } from '#src/database/schema/audit.ts'
import { requests } from '#src/database/schema/requests.ts'
import { fillIn, TYPED_FORMS } from '#tests/auth/typed-forms.ts'
import { type Depot, ORIGIN, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, countEntries, deliver } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, wordsOf } from '#tests/support/html.ts'

const HX = { 'HX-Request': 'true' }

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
})
afterAll(() => depot.close())

const written = async () => [await booksOf(depot.db), await depot.db.select().from(requests)]

describe.each(Object.entries(TYPED_FORMS))('%s on a page of an earlier session', (_, form) => {
  test.each([
    ['as a page', {}],
    ['as a fragment', HX],
  ])('%s comes back filled, with a fresh token, and writes nothing', async (way, headers) => {
    const { fields, hidden } = await fillIn(depot, form)
    const now = await depot.signIn(form.who)
    const before = await written()
    const response = await now.post(form.action, fields, headers)
    expect(response.status).toBe(403)
    const html = await response.text()
    expect(html.startsWith('<!doctype html>')).toBe(way === 'as a page')
    expect(response.headers.get('X-BBM-Fragment')).toBe(way === 'as a page' ? null : 'shown')
    expect(html).toContain('data-errors')
    expect(wordsOf(html)).toContain('Halaman ini dibuka sebelum Anda masuk sebagai')
    for (const [name, value] of Object.entries(form.typed))
      expect(fieldValue(html, name)).toBe(value)
    const fresh = hiddenFields(html, form.action)
    expect(fresh.formToken).not.toBe(hidden.formToken ?? '')
    expect({ ...fresh, formToken: '' }).toEqual({ ...hidden, formToken: '' })
    expect(await written()).toEqual(before)
  })

  test('comes back to nobody whose request came from another site', async () => {
    const { fields } = await fillIn(depot, form)
    const now = await depot.signIn(form.who)
    for (const headers of [{}, HX]) {
      const Origin = 'https://jahat.example'
      const response = await now.post(form.action, fields, { ...headers, Origin })
      expect([response.status, response.headers.get('X-BBM-Fragment')]).toEqual([403, null])
      const html = await response.text()
      for (const value of Object.values(form.typed)) expect(html).not.toContain(value)
      expect(html).toContain('Permintaan datang dari situs lain.')
    }
  })
})

describe('a form that came back', () => {
  const usage = TYPED_FORMS['a usage at home']
  if (!usage) throw new Error('no usage')

  test('is booked once by its button, however often it is pressed', async () => {
    const { fields } = await fillIn(depot, usage)
    const now = await depot.signIn('sari')
    const back = await now.post('/stock/out', fields, { Origin: ORIGIN })
    const fresh = { ...hiddenFields(await back.text(), '/stock/out'), ...usage.typed }
    const answers = [await now.post('/stock/out', fresh), await now.post('/stock/out', fresh)]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await balanceOf(depot.db, 'GENSET')).toBe(8_750n)
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('says who is signed in now, where the page still shows the name of another', async () => {
    const wati = TYPED_FORMS['a usage on its page']
    if (!wati) throw new Error('no usage')
    const { fields } = await fillIn(depot, wati)
    const agus = await depot.signIn('agus')
    const html = await (await agus.post('/stock/out', fields, HX)).text()
    expect(wordsOf(html)).toContain('sebelum Anda masuk sebagai Agus Pratama.')
  })

  test('is judged by permission and reach before it is shown', async () => {
    const { fields } = await fillIn(depot, usage)
    const budi = await depot.signIn('budi')
    const foreign = await budi.post('/stock/out', fields)
    expect(foreign.status).toBe(403)
    const html = await foreign.text()
    expect(html).toContain('Anda hanya bekerja di lokasi Anda sendiri.')
    expect(html).not.toContain('12,5')
    const delivery = await budi.post('/stock/in', { ...fields, location: 'TUG_ASSIST' })
    expect(await delivery.text()).toContain('Peran Anda tidak boleh melakukan ini.')
  })

  test('is written down as a refusal, without what was typed', async () => {
    const { fields } = await fillIn(depot, usage)
    await (await depot.signIn('sari')).post('/stock/out', fields)
    const rows = await depot.db.select().from(accessLogs)
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ['refused', 'POST /stock/out'],
    ])
  })
})

describe('what has no form to show', () => {
  let sari: Client
  beforeEach(async () => {
    sari = await depot.signIn('sari')
  })

  test('is refused in words that htmx does not take for a part of the page', async () => {
    const response = await sari.post('/account/warnings', { formToken: 'x' }, HX)
    expect([response.status, response.headers.get('X-BBM-Fragment')]).toEqual([403, null])
    expect(response.headers.get('Content-Type')).toStartWith('text/plain')
    expect(await response.text()).toContain('Muat ulang halaman')
  })

  test('signs nobody out: neither the session that is there, nor that of the old page', async () => {
    const old = createClient(depot.app, new Map(sari.jar))
    const hidden = hiddenFields(await (await old.get('/')).text(), '/logout')
    const now = await depot.signIn('budi')
    const response = await now.post('/logout', hidden)
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
    for (const client of [now, sari]) expect((await client.get('/api/auth/me')).status).toBe(200)
  })

  test('takes a file only when it is chosen once more', async () => {
    const agus = await depot.signIn('agus')
    const body = new FormData()
    body.append('formToken', 'x')
    body.append('createLocations', 'on')
    body.append('file', new File(['tanggal'], 'buku.csv'))
    const response = await agus.send('/imports/previews', { method: 'POST', body })
    const html = await response.text()
    expect(response.status).toBe(403)
    expect(wordsOf(html)).toContain('Pilih berkasnya sekali lagi.')
    expect(html).toMatch(/name="createLocations"[^>]* checked/)
  })
})
