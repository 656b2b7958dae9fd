import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { dataOf, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'
import type { Client, Headers } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'
import { countStatuses } from '#tests/support/race.ts'

const BY_HTMX: Headers = { 'HX-Request': 'true' }
const ConsumerJson = z.strictObject({
  id: z.number(),
  location: z.string(),
  name: z.string(),
  kind: z.enum(['genset', 'tug']),
  power: z.number().nullable(),
  active: z.boolean(),
})

let depot: Depot
let agus: Client
let genset: number
let tug: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
  const places = await depot.db.select().from(locations).orderBy(asc(locations.code))
  ;[genset = 0, tug = 0] = places.map(({ id }) => id)
})
afterAll(() => depot.close())

const everyConsumer = () => depot.db.select().from(consumers).orderBy(asc(consumers.id))
const pathAt = (place: number) => `/api/locations/${place}/consumers`
const trailOf = async (action: string) =>
  (await booksOf(depot.db)).audit.filter((row) => row.action === action)

async function add(body: Record<string, unknown> = { name: 'G1', kind: 'genset' }) {
  return dataOf(await agus.api('POST', pathAt(genset), body), ConsumerJson)
}

async function openForm(client: Client, page: string, action: string) {
  const hidden = hiddenFields(await (await client.get(page)).text(), action)
  return (fields: Record<string, string>, headers: Headers = {}) =>
    client.post(action, { ...hidden, ...fields }, headers)
}
const openRow = (id: number, client = agus) =>
  openForm(client, `/consumers/${id}/edit`, `/consumers/${id}`)
const openNew = () =>
  openForm(agus, `/locations/${genset}/consumers/new`, `/locations/${genset}/consumers`)

const ROW = { name: 'G1', kind: 'genset', power: '', active: 'true' }

describe('the API of gensets and tugs', () => {
  test('adds one, which can be chosen at once, and lists all of a location by name', async () => {
    await agus.get('/stock/out?location=GENSET')
    const made = await agus.api('POST', pathAt(genset), { name: 'G2', kind: 'genset', power: 500 })
    expect(made.status).toBe(201)
    expect(await dataOf(made, ConsumerJson)).toMatchObject({ location: 'GENSET', power: 500 })
    await add({ name: 'G1', kind: 'tug', active: false })
    const list = await dataOf(await agus.get(pathAt(genset)), z.array(ConsumerJson))
    expect(list.map(({ name, active }) => [name, active])).toEqual([
      ['G1', false],
      ['G2', true],
    ])
    expect(await dataOf(await agus.get(pathAt(tug)), z.array(ConsumerJson))).toEqual([])
    const form = await (await agus.get('/stock/out?location=GENSET')).text()
    expect(form).toContain('value="G2"')
    expect(form).not.toContain('value="G1"')
  })

  test('changes what is named and leaves the rest, with before and after in the audit trail', async () => {
    const { id } = await add({ name: 'G1', kind: 'genset', power: 250 })
    const patch = (body: unknown) => agus.api('PATCH', `/api/consumers/${id}`, body)
    const changed = await dataOf(await patch({ power: null, name: 'Genset 1' }), ConsumerJson)
    expect(changed).toEqual({
      id,
      location: 'GENSET',
      name: 'Genset 1',
      kind: 'genset',
      power: null,
      active: true,
    })
    for (const body of [{}, { name: 'Genset 1' }]) expect((await patch(body)).status).toBe(200)
    const [created] = await trailOf('consumer.create')
    expect(created).toMatchObject({
      chain: 'administration',
      subject: `consumer:${id}`,
      userId: depot.ids.agus,
      before: null,
    })
    const changes = await trailOf('consumer.change')
    expect(changes).toHaveLength(1)
    expect(JSON.parse(changes[0]?.before ?? '')).toMatchObject({ name: 'G1', powerKilowatts: 250 })
    expect(JSON.parse(changes[0]?.after ?? '')).toMatchObject({ powerKilowatts: null })
  })

  test('repeats its answer under its key, and many at once make one', async () => {
    const key = { 'Idempotency-Key': 'satu' }
    const body = { name: 'G1', kind: 'genset' }
    const send = () => agus.api('POST', pathAt(genset), body, key)
    const answers = await Promise.all(Array.from({ length: 4 }, send))
    expect(countStatuses(answers)).toEqual({ 200: 3, 201: 1 })
    const others = await Promise.all(
      Array.from({ length: 4 }, () => agus.api('POST', pathAt(genset), { ...body, name: 'G2' })),
    )
    expect(countStatuses(others)).toEqual({ 201: 1, 409: 3 })
    expect(await everyConsumer()).toHaveLength(2)
  })

  test('refuses a name taken at the location, and takes it at another one', async () => {
    await add()
    const { id } = await add({ name: 'G2', kind: 'genset' })
    const taken = await agus.api('POST', pathAt(genset), { name: 'g1', kind: 'genset' })
    expect(taken.status).toBe(409)
    expect(Object.keys((await refusalOf(taken)).details)).toEqual(['name'])
    expect((await agus.api('PATCH', `/api/consumers/${id}`, { name: 'G1' })).status).toBe(409)
    expect((await agus.api('POST', pathAt(tug), { name: 'G1', kind: 'tug' })).status).toBe(201)
  })

  test.each([
    ['name', ''],
    ['name', 'a\tb'],
    ['name', 'x'.repeat(101)],
    ['kind', 'kapal'],
    ['kind', undefined],
    ['power', 0],
    ['power', 1.5],
    ['power', '500'],
    ['power', 100_001],
    ['active', 'true'],
    ['locationId', 7],
    ['powerKilowatts', 5],
  ])('refuses %s as %j at the field and makes nothing', async (field, value) => {
    const body = { name: 'G1', kind: 'genset', [field]: value }
    const response = await agus.api('POST', pathAt(genset), body)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    expect(await everyConsumer()).toEqual([])
  })

  test('is 404 where there is no such location or consumer', async () => {
    for (const id of ['999999', '0', 'x']) {
      expect((await agus.get(`/api/locations/${id}/consumers`)).status).toBe(404)
      const made = await agus.api('POST', `/api/locations/${id}/consumers`, {
        name: 'G1',
        kind: 'genset',
      })
      expect(made.status).toBe(404)
      expect((await agus.api('PATCH', `/api/consumers/${id}`, { name: 'X' })).status).toBe(404)
    }
  })
})

describe('the page of a location', () => {
  test('shows what is known of it, with its gensets and tugs', async () => {
    await agus.api('PATCH', `/api/locations/${genset}`, { capacity: 25000 })
    await deliver(agus, { location: 'GENSET', amount: '1250.5' })
    await add({ name: 'Genset 1', kind: 'genset', power: 1250 })
    await add({ name: 'TB Satu', kind: 'tug', active: false })
    const words = wordsOf(await (await agus.get(`/locations/${genset}`)).text())
    expect(words).toContain('Kapasitas 25.000 L Batas stok menipis tanpa peringatan')
    expect(words).toContain('Sisa sekarang 1.250,50 L')
    expect(words).toContain('Genset 1 Genset 1.250 Aktif Ubah TB Satu Kapal tunda – Nonaktif Ubah')
  })

  test('says so where it has none', async () => {
    expect(wordsOf(await (await agus.get(`/locations/${tug}`)).text())).toContain('Belum ada.')
  })
})

describe('the row of a genset or tug as a form', () => {
  test('is a page of its own, the same row as a fragment, and turns back into the row', async () => {
    const { id } = await add({ name: 'G1', kind: 'tug', power: 1250 })
    const page = await (await agus.get(`/consumers/${id}/edit`)).text()
    const fragment = await (await agus.fragment(`/consumers/${id}/edit`)).text()
    expect(fragment).toStartWith('<tbody class="record"')
    for (const html of [page, fragment]) {
      expect(['name', 'kind', 'power'].map((name) => fieldValue(html, name))).toEqual([
        'G1',
        'tug',
        '1.250',
      ])
    }
    const row = await (await agus.fragment(`/consumers/${id}`)).text()
    expect(row).toStartWith('<tbody class="record"')
    expect(row).not.toContain('<input')
    const whole = await agus.get(`/consumers/${id}`)
    expect([whole.status, whole.headers.get('Location')]).toEqual([
      303,
      `/locations/${genset}#consumer-${id}`,
    ])
  })

  test('adds one, in place and as a page', async () => {
    const send = await openNew()
    const answer = await send({ ...ROW, power: '1.250' })
    const [made] = await everyConsumer()
    expect(made).toMatchObject({ locationId: genset, name: 'G1', powerKilowatts: 1250 })
    const address = answer.headers.get('Location') ?? ''
    expect(address).toBe(`/locations/${genset}?saved=${made?.id}#consumer-${made?.id}`)
    expect(wordsOf(await (await agus.get(address)).text())).toContain('Tersimpan: G1.')
    const html = await (await (await openNew())({ ...ROW, name: 'G2' }, BY_HTMX)).text()
    expect(html).toStartWith('<tbody class="record"')
    expect(wordsOf(html)).toContain('Ditambahkan: G2.')
  })

  test('changes one: what was booked for it follows its new name', async () => {
    const { id } = await add()
    await deliver(agus, { location: 'GENSET', amount: 100 })
    await use(agus, { location: 'GENSET', amount: 5, consumer: 'G1' })
    expect((await (await openRow(id))({ ...ROW, name: 'Genset 1' })).status).toBe(303)
    expect(wordsOf(await (await agus.get('/history')).text())).toContain('Genset 1')
    await use(agus, { location: 'GENSET', amount: 5, consumer: 'Genset 1' })
  })

  test('taken out of use cannot be chosen any more, and says so', async () => {
    const { id } = await add()
    const { active: _, ...off } = ROW
    const html = await (await (await openRow(id))(off, BY_HTMX)).text()
    expect(wordsOf(html)).toContain('nonaktif. Tidak bisa dipilih lagi saat mencatat')
    await deliver(agus, { location: 'GENSET', amount: 100 })
    const body = { location: 'GENSET', amount: 5, consumer: 'G1' }
    expect((await agus.api('POST', '/api/stock/out', body)).status).toBe(422)
  })

  test.each([
    ['name', { name: '' }, 'Isi nama genset atau kapal.', 422],
    ['name', { name: 'G2' }, 'Nama ini sudah dipakai di lokasi ini.', 409],
    ['kind', { kind: 'truk' }, 'Pilih genset atau kapal tunda.', 422],
    ['power', { power: '1,5' }, 'Daya dalam kW', 422],
    ['power', { power: '0' }, 'Daya dalam kW', 422],
  ] as [string, Record<string, string>, string, number][])(
    'refuses %s in %j at the field, keeps what was typed and saves nothing',
    async (field, bad, sentence, status) => {
      await add({ name: 'G2', kind: 'genset' })
      const { id } = await add()
      const before = await everyConsumer()
      const typed: Record<string, string> = { ...ROW, name: 'Yang diketik', power: '77', ...bad }
      for (const send of [await openRow(id), await openNew()]) {
        for (const headers of [{}, BY_HTMX]) {
          const answer = await send(typed, headers)
          expect(answer.status).toBe(headers === BY_HTMX ? 422 : status)
          const html = await answer.text()
          expect(isMarkedWrong(html, field)).toBe(true)
          expect(wordsOf(html)).toContain(sentence)
          expect(fieldValue(html, 'name')).toBe(typed.name ?? '')
          expect(fieldValue(html, 'power')).toBe(typed.power ?? '')
        }
      }
      expect(await everyConsumer()).toEqual(before)
    },
  )

  test('that somebody else has changed meanwhile shows both, and saves upon what is there now', async () => {
    const { id } = await add()
    const send = await openRow(id)
    await agus.api('PATCH', `/api/consumers/${id}`, { power: 500 })
    const refused = await send({ ...ROW, name: 'Genset 1' })
    const html = await refused.text()
    expect(refused.status).toBe(409)
    expect(wordsOf(html)).toContain('Data sudah berubah')
    expect(fieldValue(html, 'power')).toBe('500')
    expect(wordsOf(html)).toContain('Isian Anda: Genset 1')
    const hidden = hiddenFields(html, `/consumers/${id}`)
    const again = { ...ROW, ...hidden, name: 'Genset 1', power: '500' }
    expect((await agus.post(`/consumers/${id}`, again)).status).toBe(303)
    const [row] = await depot.db.select().from(consumers).where(eq(consumers.id, id))
    expect(row).toMatchObject({ name: 'Genset 1', powerKilowatts: 500 })
  })

  test('is saved once where two save at once, and where one sends twice', async () => {
    const { id } = await add()
    const sends = [await openRow(id), await openRow(id, await depot.signIn('agus'))]
    const answers = await Promise.all(sends.map((send, at) => send({ ...ROW, name: `N${at}` })))
    expect(countStatuses(answers)).toEqual({ 303: 1, 409: 1 })
    const send = await openRow(id)
    for (let time = 0; time < 2; time++)
      expect((await send({ ...ROW, name: 'Akhir' })).status).toBe(303)
    expect(await trailOf('consumer.change')).toHaveLength(2)
  })

  test.each(['999999', '0', 'x'])('is not there for %s', async (id) => {
    for (const page of ['', '/edit'])
      expect((await agus.get(`/consumers/${id}${page}`)).status).toBe(404)
  })
})
