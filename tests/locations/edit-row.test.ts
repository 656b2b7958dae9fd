import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { locationRoutes } from '#src/locations/routes.tsx'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, everythingIn } from '#tests/support/books.ts'
import type { Client, Headers } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'
import { countStatuses } from '#tests/support/race.ts'

const BY_HTMX: Headers = { 'HX-Request': 'true' }

let depot: Depot
let agus: Client
let genset: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
  genset = (await placeOf('GENSET'))?.id ?? 0
})
afterAll(() => depot.close())

async function placeOf(code: string) {
  const [row] = await depot.db.select().from(locations).where(eq(locations.code, code))
  return row
}

const ROW = { code: 'GENSET', name: 'GENSET', capacity: '', lowStockThreshold: '', active: 'true' }
const NEW = {
  code: 'dermaga-2',
  name: ' Dermaga 2 ',
  capacity: '25.000',
  lowStockThreshold: '1.250,5',
}

async function openRow(client: Client, id: number) {
  const page = await (await client.get(`/locations/${id}/edit`)).text()
  const hidden = hiddenFields(page, `/locations/${id}`)
  return (fields: Record<string, string>, headers: Headers = {}) =>
    client.post(`/locations/${id}`, { ...hidden, ...fields }, headers)
}

async function openNew(client: Client) {
  const hidden = hiddenFields(await (await client.get('/locations/new')).text(), '/locations')
  return (fields: Record<string, string>, headers: Headers = {}) =>
    client.post('/locations', { ...hidden, ...fields }, headers)
}

const trailOf = async (action: string) =>
  (await booksOf(depot.db)).audit.filter((row) => row.action === action && row.userId !== null)
const lineOf = (html: string, id: number): string =>
  wordsOf(new RegExp(`<tr id="location-${id}".*?</tr>`, 's').exec(html)?.[0] ?? '').trim()

describe('GET /locations', () => {
  test('lists every location with its limits, and how many gensets or tugs it has', async () => {
    await agus.api('PATCH', `/api/locations/${genset}`, {
      capacity: 25000,
      lowStockThreshold: '1250.5',
    })
    for (const name of ['G1', 'G2'])
      await agus.api('POST', `/api/locations/${genset}/consumers`, { name, kind: 'genset' })
    await agus.api('POST', `/api/locations/${genset}/consumers`, {
      name: 'G3',
      kind: 'genset',
      active: false,
    })
    const html = await (await agus.get('/locations')).text()
    expect(lineOf(html, genset)).toBe('GENSET GENSET 25.000 1.250,50 2 Aktif Ubah')
    const fragment = await (await agus.fragment('/locations')).text()
    expect(fragment).not.toContain('<html')
    expect(lineOf(fragment, genset)).toBe(lineOf(html, genset))
  })

  test('is found in the navigation of admins alone', async () => {
    expect(await (await agus.get('/')).text()).toContain('<a href="/locations">Lokasi</a>')
    const wati = await depot.signIn('wati')
    expect(await (await wati.get('/')).text()).not.toContain('/locations')
  })
})

describe('the row of a location as a form', () => {
  test('is a page of its own, the same row as a fragment, and turns back into the row', async () => {
    const page = await (await agus.get(`/locations/${genset}/edit`)).text()
    const fragment = await (await agus.fragment(`/locations/${genset}/edit`)).text()
    expect(page).toContain('<html')
    expect(fragment).toStartWith('<tbody class="record"')
    for (const html of [page, fragment]) expect(fieldValue(html, 'code')).toBe('GENSET')
    const row = await (await agus.fragment(`/locations/${genset}`)).text()
    expect(row).toStartWith('<tbody class="record"')
    expect(row).not.toContain('<input')
  })

  test.each(['999999', '0', 'x', '1.5', '-1'])('is not there for %s', async (id) => {
    for (const page of ['', '/edit', '/consumers/new'])
      expect((await agus.get(`/locations/${id}${page}`)).status).toBe(404)
  })
})

describe('saving a row', () => {
  test('changes the location, with litres as people type them, and leads back to it', async () => {
    const send = await openRow(agus, genset)
    const answer = await send({
      ...ROW,
      name: 'Genset utama',
      capacity: '25.000',
      lowStockThreshold: '1250,5',
    })
    const address = answer.headers.get('Location') ?? ''
    expect([answer.status, address]).toEqual([303, `/locations?saved=${genset}#location-${genset}`])
    expect(await placeOf('GENSET')).toMatchObject({
      name: 'Genset utama',
      capacityLitres: 2_500_000n,
      lowStockLitres: 125_050n,
    })
    const html = await (await agus.get(address)).text()
    expect(wordsOf(html)).toContain('Tersimpan: GENSET.')
    expect(html).toContain(`<tr id="location-${genset}" class="new">`)
    const [change] = await trailOf('location.change')
    expect(JSON.parse(change?.after ?? '')).toMatchObject({ lowStockLitres: '1250.50' })
  })

  test('by htmx answers the row and the status line', async () => {
    const send = await openRow(agus, genset)
    const html = await (await send({ ...ROW, name: 'Genset utama' }, BY_HTMX)).text()
    expect(html).toStartWith('<tbody class="record"')
    expect(lineOf(html, genset)).toContain('Genset utama')
    expect(html).toContain('<div hx-swap-oob="innerHTML:#status"><strong>Tersimpan:</strong>')
  })

  test('that changes nothing leaves no trace, and sent again saves once', async () => {
    const send = await openRow(agus, genset)
    expect((await send(ROW)).status).toBe(303)
    expect(await trailOf('location.change')).toEqual([])
    const again = await openRow(agus, genset)
    for (let time = 0; time < 2; time++)
      expect((await again({ ...ROW, name: 'Lain' })).status).toBe(303)
    expect(await trailOf('location.change')).toHaveLength(1)
  })

  test('may change the code of a location with entries: they go with it', async () => {
    const { id } = await deliver(agus, { location: 'GENSET', amount: 5 })
    expect((await (await openRow(agus, genset))({ ...ROW, code: 'genset_1' })).status).toBe(303)
    expect(await (await agus.get('/history?location=GENSET_1')).text()).toContain(
      `id="entry-${id}"`,
    )
    const sari = await depot.signIn('sari')
    expect(await (await sari.get('/history')).text()).toContain(`id="entry-${id}"`)
  })

  test('that takes a location out of use says what follows from it', async () => {
    await deliver(agus, { location: 'GENSET', amount: '1250.5' })
    const { active: _, ...off } = ROW
    const answer = await (await openRow(agus, genset))(off)
    const words = wordsOf(await (await agus.get(answer.headers.get('Location') ?? '')).text())
    expect(words).toContain('GENSET, nonaktif. Tidak ada yang bisa mencatat di sini')
    expect(words).toContain('sisa 1.250,50 liter.')
    expect(words).toContain('1 petugas operasional di lokasi ini tidak bisa mencatat')
    const sari = await depot.signIn('sari')
    expect((await sari.api('POST', '/api/stock/out', { amount: 1 })).status).toBe(422)
  })

  const ALWAYS_LOW = 'Batas ini melebihi kapasitas (1.000 liter)'
  const BAD: [string, Record<string, string>, string, number][] = [
    ['code', { code: '' }, 'Isi kode lokasi.', 422],
    ['code', { code: 'a b' }, 'Kode: huruf besar', 422],
    ['code', { code: 'tug_assist' }, 'Kode ini sudah dipakai lokasi lain.', 409],
    ['name', { name: ' ' }, 'Isi nama lokasi.', 422],
    ['capacity', { capacity: '1,250' }, 'Maksudnya 1,25 liter atau 1.250 liter?', 422],
    ['capacity', { capacity: '-5' }, 'Jumlah harus lebih dari 0.', 422],
    ['lowStockThreshold', { lowStockThreshold: 'banyak' }, 'Tulis angka saja', 422],
    ['lowStockThreshold', { capacity: '1000', lowStockThreshold: '1000,01' }, ALWAYS_LOW, 422],
  ]
  test.each(BAD)(
    'refuses %s in %j at the field, keeps what was typed and saves nothing',
    async (field, bad, sentence, status) => {
      const before = await everythingIn(depot.db)
      const typed: Record<string, string> = { ...ROW, name: 'Yang diketik', ...bad }
      for (const open of [openRow, openNew] as const) {
        const send = await open(agus, genset)
        for (const headers of [{}, BY_HTMX]) {
          const own = open === openNew && !('code' in bad) ? { ...typed, code: 'BARU' } : typed
          const answer = await send(own, headers)
          expect(answer.status).toBe(headers === BY_HTMX ? 422 : status)
          const html = await answer.text()
          expect(isMarkedWrong(html, field)).toBe(true)
          expect(wordsOf(html)).toContain(sentence)
          for (const [name, value] of Object.entries(own))
            if (name !== 'active') expect(fieldValue(html, name)).toBe(value)
        }
      }
      expect(await everythingIn(depot.db)).toEqual(before)
    },
  )

  test('a threshold as large as the capacity is allowed, and programs keep to the same rule', async () => {
    const limits = { ...ROW, capacity: '1000', lowStockThreshold: '1000' }
    expect((await (await openRow(agus, genset))(limits)).status).toBe(303)
    const answer = await agus.api('PATCH', `/api/locations/${genset}`, { capacity: 999 })
    expect(answer.status).toBe(422)
  })
})

describe('a row that somebody else has changed meanwhile', () => {
  test('shows what is saved now with the own values beside it, and saves upon that', async () => {
    const send = await openRow(agus, genset)
    await agus.api('PATCH', `/api/locations/${genset}`, { capacity: 9000 })
    const before = await everythingIn(depot.db)
    const own = { ...ROW, name: 'Genset utama' }
    for (const headers of [{}, BY_HTMX]) {
      const refused = await send(own, headers)
      const html = await refused.text()
      expect(refused.status).toBe(headers === BY_HTMX ? 422 : 409)
      expect(wordsOf(html)).toContain('Data sudah berubah')
      expect(fieldValue(html, 'capacity')).toBe('9.000')
      expect(fieldValue(html, 'name')).toBe('GENSET')
      expect(wordsOf(html)).toContain('Isian Anda: Genset utama')
      expect(wordsOf(html)).toContain('Isian Anda: kosong')
    }
    expect(await everythingIn(depot.db)).toEqual(before)
    const html = await (await send(own)).text()
    const hidden = hiddenFields(html, `/locations/${genset}`)
    const again = { ...own, ...hidden, capacity: '9.000' }
    expect((await agus.post(`/locations/${genset}`, again)).status).toBe(303)
    expect(await placeOf('GENSET')).toMatchObject({
      name: 'Genset utama',
      capacityLitres: 900_000n,
    })
  })

  test('is refused once where two save at once', async () => {
    const second = await depot.signIn('agus')
    const sends = [await openRow(agus, genset), await openRow(second, genset)]
    const answers = await Promise.all(sends.map((send, at) => send({ ...ROW, name: `N${at}` })))
    expect(countStatuses(answers)).toEqual({ 303: 1, 409: 1 })
    expect(await trailOf('location.change')).toHaveLength(1)
  })
})

describe('adding a location', () => {
  test('makes one at which fuel can be booked, with its code in capitals', async () => {
    const answer = await (await openNew(agus))({ ...NEW, active: 'true' })
    expect(answer.status).toBe(303)
    const place = await placeOf('DERMAGA-2')
    expect(place).toMatchObject({ name: 'Dermaga 2', capacityLitres: 2_500_000n, active: true })
    expect(answer.headers.get('Location')).toBe(
      `/locations?saved=${place?.id}#location-${place?.id}`,
    )
    await deliver(agus, { location: 'DERMAGA-2', amount: 10 })
  })

  test('by htmx answers the row in the place of the form', async () => {
    const html = await (await (await openNew(agus))({ ...NEW, active: 'true' }, BY_HTMX)).text()
    const place = await placeOf('DERMAGA-2')
    expect(lineOf(html, place?.id ?? 0)).toBe('DERMAGA-2 Dermaga 2 25.000 1.250,50 0 Aktif Ubah')
    expect(wordsOf(html)).toContain('Lokasi ditambahkan: DERMAGA-2')
  })

  test('sent twice, or many times at once, makes one', async () => {
    const send = await openNew(agus)
    const fields = { ...NEW, active: 'true' }
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(fields)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect((await send(fields)).status).toBe(303)
    expect(await trailOf('location.create')).toHaveLength(1)
  })
})

test.each(['POST /locations', 'POST /locations/:id'])(
  '%s can show its form again without writing',
  async (name) => {
    const isNew = name.endsWith('/locations')
    const route = locationRoutes.find(
      ({ method, path }) => method === 'POST' && path.includes(':id') !== isNew,
    )
    const before = await everythingIn(depot.db)
    const app = depot.reconfigured({})
    const why = { status: 403, sentence: 'Halaman ini sudah lama terbuka.' } as const
    app.post('/refill/:id', (c) => route?.refill?.(c, why) ?? c.text('none', 500))
    const typed = { ...ROW, name: 'Yang diketik', formToken: 'lama', version: 'x' }
    const cookie = [...agus.jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const response = await app.request(`/refill/${genset}`, {
      method: 'POST',
      body: new URLSearchParams(typed),
      headers: { Cookie: cookie },
    })
    const html = await response.text()
    expect(response.status).toBe(403)
    expect(wordsOf(html)).toContain(why.sentence)
    expect(fieldValue(html, 'name')).toBe(typed.name)
    expect(await everythingIn(depot.db)).toEqual(before)
  },
)
