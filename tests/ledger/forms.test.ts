import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { HistoryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, wordsOf } from '#tests/support/html.ts'
import { CHOSEN_ID, STATUS_ID } from '#views/ids.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: '1234.5' })
})
afterAll(() => depot.close())

const HX = { 'HX-Request': 'true' }

describe('GET /stock/out', () => {
  test('fixes the location for a clerk and lets a supervisor choose', async () => {
    const own = await (await sari.get('/stock/out')).text()
    expect(own).toContain('<input type="hidden" name="location" value="GENSET"')
    expect(own).not.toContain('<select class="input" id="location"')
    const free = await (await wati.get('/stock/out')).text()
    expect(free).toContain('<option value="GENSET"')
    expect(free).toContain('<option value="TUG_ASSIST"')
    expect(
      fieldValue(await (await wati.get('/stock/out?location=TUG_ASSIST')).text(), 'location'),
    ).toBe('TUG_ASSIST')
  })

  test('offers the consumers of the location, and no list where there are none', async () => {
    expect(fieldValue(await (await sari.get('/stock/out')).text(), 'consumer')).toBeNull()
    const [genset] = await depot.db.select().from(locations).where(eq(locations.code, 'GENSET'))
    const agus = await depot.signIn('agus')
    const added = { name: 'Genset "A" & B', kind: 'genset' }
    await agus.api('POST', `/api/locations/${genset?.id}/consumers`, added)
    const html = await (await sari.get('/stock/out')).text()
    expect(html).toContain('value="Genset &quot;A&quot; &amp; B"')
    const response = await sari.submit('/stock/out', { amount: '5', consumer: 'Genset "A" & B' })
    expect(response.status).toBe(303)
    const history = HistoryJson.parse(await (await sari.get('/api/stock/history')).json())
    expect(history.data[0]?.consumer).toBe('Genset "A" & B')
  })

  test('gives every form a key of its own', async () => {
    const keys = await Promise.all(
      [1, 2, 3].map(
        async () =>
          hiddenFields(await (await sari.get('/stock/out')).text(), '/stock/out').requestId,
      ),
    )
    expect(new Set(keys).size).toBe(3)
  })
})

describe('POST /stock/out', () => {
  test('as a plain form books and leads to a page that says what was booked and what is left', async () => {
    const typed = {
      amount: '1.000,5',
      notes: 'malam',
      reference: 'SJ-1',
      occurredAt: '23/11/2026 08.00',
    }
    await deliver(wati, { location: 'GENSET', amount: 1, occurredAt: '2026-11-23T07:00' })
    await deliver(wati, { location: 'GENSET', amount: 1000, occurredAt: '2026-11-23T07:00' })
    const response = await sari.submit('/stock/out', typed)
    expect(response.status).toBe(303)
    const target = response.headers.get('Location') ?? ''
    expect(target).toMatch(/^\/stock\/out\?location=GENSET&booked=\d+$/)
    const html = await (await sari.get(target)).text()
    expect(wordsOf(html)).toContain('Sudah tercatat pukul 14.05')
    expect(wordsOf(html)).toContain('pemakaian 1.000,50 liter')
    expect(wordsOf(html)).toContain('Sisa sekarang 1.235,00 liter')
    expect(fieldValue(html, 'amount')).toBe('')
    const [entry] = HistoryJson.parse(
      await (await sari.get('/api/stock/history?search=malam')).json(),
    ).data
    expect(entry).toMatchObject({
      amount: '1000.50',
      reference: 'SJ-1',
      occurredAt: '2026-11-23T00:00:00.000Z',
    })
  })

  test('by htmx answers a fresh form, the news for the status line and what is left now', async () => {
    const hidden = hiddenFields(await (await sari.get('/stock/out')).text(), '/stock/out')
    const response = await sari.post('/stock/out', { ...hidden, amount: '34,5' }, HX)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html).not.toContain('<html')
    expect(html).toContain(`hx-swap-oob="innerHTML:#${STATUS_ID}"`)
    expect(html).toContain(`id="${CHOSEN_ID}" hx-swap-oob="true"`)
    expect(wordsOf(html)).toContain('Sisa sekarang 1.200,00 liter')
    const fresh = hiddenFields(html, '/stock/out')
    expect(fresh.requestId).not.toBe(hidden.requestId ?? '')
    expect(fieldValue(html, 'amount')).toBe('')
    const next = await sari.post('/stock/out', { ...fresh, amount: '200' }, HX)
    expect(next.status).toBe(200)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(100_000n)
  })

  test('from the home page by htmx brings the balance, the entries and the news along', async () => {
    const hidden = hiddenFields(await (await sari.get('/')).text(), '/stock/out')
    expect(hidden.from).toBe('home')
    const response = await sari.post('/stock/out', { ...hidden, amount: '34,5' }, HX)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(html.match(/id="entry-\d+"/g)).toHaveLength(1)
    expect(html.match(/hx-swap-oob=/g)?.length).toBeGreaterThanOrEqual(3)
    expect(wordsOf(html)).toContain('34,50')
  })

  test('booked in an instant of a name that is HTML shows it escaped', async () => {
    const agus = await depot.signIn('agus')
    await agus.api('PATCH', `/api/users/${depot.ids.sari}`, { name: '<b>Sari</b> "x"' })
    await sari.submit('/stock/out', { amount: '1' })
    for (const path of ['/', '/history']) {
      const html = await (await sari.get(path)).text()
      expect(html).not.toContain('<b>Sari')
      expect(wordsOf(html)).toContain('<b>Sari</b> "x"')
    }
  })
})

describe('POST /stock/in', () => {
  test('books at the location that was chosen', async () => {
    const response = await wati.submit('/stock/in', { location: 'TUG_ASSIST', amount: '1.250' })
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toStartWith('/stock/in?location=TUG_ASSIST&booked=')
    expect(await balanceOf(depot.db, 'TUG_ASSIST')).toBe(125_000n)
  })

  test('asks for a location where none is chosen, and books nothing', async () => {
    const response = await wati.submit('/stock/in', { amount: '5', location: '' })
    expect(response.status).toBe(422)
    expect(wordsOf(await response.text())).toContain('Pilih lokasi.')
    expect(await countEntries(depot.db)).toBe(1)
  })

  test('after the session ended comes back with the sign-in, and books nothing', async () => {
    const hidden = hiddenFields(await (await wati.get('/stock/in')).text(), '/stock/in')
    await wati.api('POST', '/api/auth/logout')
    const fields = { ...hidden, location: 'GENSET', amount: '5' }
    for (const headers of [{}, HX]) {
      const answer = await wati.post('/stock/in', fields, headers)
      expect(answer.status).toBe(403)
      const { carried = '' } = hiddenFields(await answer.text(), '/login')
      expect(JSON.parse(carried)).toMatchObject({ action: '/stock/in' })
      expect(carried).toContain('["amount","5"]')
    }
    expect(await countEntries(depot.db)).toBe(1)
  })
})

test('many forms of many people at once are all booked, and none goes below zero', async () => {
  const hidden = hiddenFields(await (await sari.get('/stock/out')).text(), '/stock/out')
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      sari.post('/stock/out', { ...hidden, requestId: `form-${at}`, amount: '100' }),
    ),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 303)).toHaveLength(12)
  expect(statuses.filter((status) => status === 422)).toHaveLength(8)
  expect(await balanceOf(depot.db, 'GENSET')).toBe(3_450n)
})

test('a form that was booked and is sent again with other content is asked about, and books when sent once more', async () => {
  const hidden = hiddenFields(await (await sari.get('/stock/out')).text(), '/stock/out')
  expect((await sari.post('/stock/out', { ...hidden, amount: '10' })).status).toBe(303)
  const refused = await sari.post('/stock/out', { ...hidden, amount: '25', notes: 'lain' })
  expect(refused.status).toBe(409)
  const within = { ...hidden, amount: '25', notes: 'lain' }
  expect((await sari.post('/stock/out', within, { 'HX-Request': 'true' })).status).toBe(422)
  const page = await refused.text()
  expect(wordsOf(page)).toContain('kirim sekali lagi')
  expect(fieldValue(page, 'amount')).toBe('25')
  expect(await countEntries(depot.db)).toBe(2)
  const fresh = hiddenFields(page, '/stock/out')
  expect((await sari.post('/stock/out', { ...fresh, amount: '25', notes: 'lain' })).status).toBe(
    303,
  )
  expect(await countEntries(depot.db)).toBe(3)
})
