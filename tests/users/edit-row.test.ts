import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { usersRoutes } from '#src/users/routes.tsx'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'
import { CAST } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'
import { countStatuses } from '#tests/support/race.ts'
import { accountOf, BY_HTMX, openRow, rowOf, trailOf } from '#tests/users/desk.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const isTicked = (html: string): boolean => /name="active"[^>]*\bchecked/.test(html)
const keptIn = (html: string, name: string): string => {
  const found = new RegExp(`<p class="kept" id="user-\\d+-${name}-kept"[^>]*>(.*?)</p>`, 's').exec(
    html,
  )
  return wordsOf(found?.[1] ?? '').trim()
}

describe('the row of a person as a form', () => {
  test('is a page of its own, whose fields stand within the form, and the same row as a fragment', async () => {
    const { sari } = depot.ids
    const page = await (await agus.get(`/users/${sari}/edit`)).text()
    expect(page).toContain('<html')
    const form = page.slice(page.indexOf(`id="user-${sari}-form"`), page.lastIndexOf('</form>'))
    for (const name of ['name', 'email', 'role', 'location', 'active', 'version', 'formToken'])
      expect(form).toContain(`name="${name}"`)
    const fragment = await (await agus.fragment(`/users/${sari}/edit`)).text()
    expect(fragment).toStartWith('<tbody class="record"')
    for (const html of [page, fragment]) {
      expect(fieldValue(html, 'name')).toBe(CAST.sari.name)
      expect(fieldValue(html, 'email')).toBe(CAST.sari.email)
      expect(fieldValue(html, 'role')).toBe('operasional')
      expect(fieldValue(html, 'location')).toBe('GENSET')
      expect(isTicked(html)).toBe(true)
    }
  })

  test('turns back into the row that is only read', async () => {
    const html = await (await agus.fragment(`/users/${depot.ids.sari}`)).text()
    expect(html).toStartWith('<tbody class="record"')
    expect(html).toContain(`<tr id="user-${depot.ids.sari}">`)
    expect(html).not.toContain('<input')
  })

  test.each(['999999', '0', 'x', '1.5', '-1'])('is not there for %s', async (id) => {
    expect((await agus.get(`/users/${id}/edit`)).status).toBe(404)
    expect((await agus.get(`/users/${id}`)).status).toBe(404)
  })

  test('is not there for an account of the system', async () => {
    const [built] = await depot.db.select().from(users).where(eq(users.builtIn, true))
    for (const page of ['', '/edit', '/password'])
      expect((await agus.get(`/users/${built?.id}${page}`)).status).toBe(404)
    const { hidden } = await openRow(agus, depot.ids.sari)
    const answer = await agus.post(`/users/${built?.id}`, { ...hidden, ...rowOf('sari') })
    expect(answer.status).toBe(404)
  })
})

describe('saving a row', () => {
  test('changes the person and leads back to them in the list as it was', async () => {
    const { sari } = depot.ids
    const page = await (
      await agus.get(`/users/${sari}/edit?filter=search%3Dsari%26sort%3D-name`)
    ).text()
    const hidden = hiddenFields(page, `/users/${sari}`)
    const { active: _, ...row } = { active: '', ...rowOf('sari') }
    const changed = {
      ...row,
      name: 'Sari W.',
      email: ' Sari.W@Depo.example',
      location: 'TUG_ASSIST',
    }
    const answer = await agus.post(`/users/${sari}`, { ...hidden, ...changed })
    expect(answer.status).toBe(303)
    const address = answer.headers.get('Location') ?? ''
    expect(address).toBe(`/users?search=sari&sort=-name&saved=${sari}#user-${sari}`)
    expect(await accountOf(depot, sari)).toMatchObject({
      name: 'Sari W.',
      email: 'sari.w@depo.example',
      active: false,
    })
    const list = await (await agus.get(address)).text()
    expect(wordsOf(list)).toContain('Tersimpan: Sari W., nonaktif dan tidak bisa masuk')
    expect(list).toContain(`<tr id="user-${sari}" class="new inactive">`)
  })

  test('by htmx answers the row, the status line and how many there are', async () => {
    const { send } = await openRow(agus, depot.ids.dewi)
    const answer = await send({ ...rowOf('dewi'), active: 'true' }, BY_HTMX)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toStartWith('<tbody class="record"')
    expect(html).toContain('<div hx-swap-oob="innerHTML:#status"><strong>Tersimpan:</strong>')
    expect(wordsOf(html)).toContain('5 orang, 5 aktif')
  })

  test('sent again saves once, and its key saves nothing else', async () => {
    const { send } = await openRow(agus, depot.ids.sari)
    const changed = { ...rowOf('sari'), name: 'Sari W.' }
    for (let time = 0; time < 2; time++) expect((await send(changed)).status).toBe(303)
    expect(await trailOf(depot, depot.ids.sari)).toHaveLength(1)
    const other = await send({ ...changed, name: 'Sari Lain' })
    expect(other.status).toBe(409)
    const html = await other.text()
    expect(wordsOf(html)).toContain('Formulir ini sudah dikirim dengan isi yang lain.')
    expect(fieldValue(html, 'name')).toBe('Sari W.')
    expect(keptIn(html, 'name')).toContain('Sari Lain')
    const hidden = hiddenFields(html, `/users/${depot.ids.sari}`)
    const saved = await agus.post(`/users/${depot.ids.sari}`, {
      ...changed,
      ...hidden,
      name: 'Sari Lain',
    })
    expect(saved.status).toBe(303)
    expect((await accountOf(depot, depot.ids.sari)).name).toBe('Sari Lain')
  })

  test('that changes nothing leaves no trace', async () => {
    const { send } = await openRow(agus, depot.ids.sari)
    expect((await send(rowOf('sari'))).status).toBe(303)
    expect(await trailOf(depot, depot.ids.sari)).toEqual([])
  })

  test('forgets the location of whoever is no clerk any more', async () => {
    const { send } = await openRow(agus, depot.ids.sari)
    expect((await send({ ...rowOf('sari'), role: 'supervisor' })).status).toBe(303)
    expect(await accountOf(depot, depot.ids.sari)).toMatchObject({
      role: 'supervisor',
      locationId: null,
    })
  })

  test('refuses a location that is out of use, but to those who have it', async () => {
    await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
    const { send } = await openRow(agus, depot.ids.budi)
    const answer = await send({ ...rowOf('budi'), location: 'GENSET' })
    expect(answer.status).toBe(422)
    expect(wordsOf(await answer.text())).toContain('Lokasi ini sudah nonaktif.')
    const own = await openRow(agus, depot.ids.sari)
    expect((await own.send({ ...rowOf('sari'), name: 'Sari W.' })).status).toBe(303)
    expect(await accountOf(depot, depot.ids.sari)).toMatchObject({ name: 'Sari W.' })
  })

  const LAST = 'Ini admin aktif yang terakhir.'
  const BAD: [string, 'sari' | 'agus', Record<string, string>, string, number][] = [
    ['name', 'sari', { name: ' ' }, 'Isi nama.', 422],
    ['name', 'sari', { name: 'x'.repeat(101) }, 'Nama paling banyak 100 huruf.', 422],
    ['email', 'sari', { email: 'sari' }, 'Email ini tidak lengkap.', 422],
    [
      'email',
      'sari',
      { email: 'BUDI@depo.example' },
      'Email ini sudah dipakai Budi Santoso. Pakai email lain.',
      409,
    ],
    ['role', 'sari', { role: 'root' }, 'Peran: admin, supervisor, atau operasional.', 422],
    ['location', 'sari', { location: '' }, 'Operasional harus punya lokasi.', 422],
    ['location', 'sari', { location: 'DERMAGA' }, 'Lokasi tidak dikenal.', 422],
    ['location', 'sari', { location: 'dermaga utara' }, 'Pilih lokasi dari daftar.', 422],
    ['role', 'agus', { role: 'supervisor' }, LAST, 409],
    ['active', 'agus', { active: '' }, LAST, 409],
  ]
  test.each(BAD)(
    'refuses %s of %s as %j at the field, keeps what was typed and saves nothing',
    async (field, who, bad, sentence, status) => {
      const before = await everythingIn(depot.db)
      const { send } = await openRow(agus, depot.ids[who])
      const own: Record<string, string> = { ...rowOf(who), name: 'Nama yang diketik' }
      const typed = { ...own, ...bad }
      for (const headers of [{}, BY_HTMX]) {
        const answer = await send(typed, headers)
        expect(answer.status).toBe(headers === BY_HTMX ? 422 : status)
        const html = await answer.text()
        expect(isMarkedWrong(html, field)).toBe(true)
        expect(html).toContain(
          `id="user-${depot.ids[who]}-${field}-error" role="alert">${sentence}`,
        )
        expect(fieldValue(html, 'name')).toBe(typed.name ?? '')
        expect(fieldValue(html, 'email')).toBe(typed.email ?? '')
        expect(isTicked(html)).toBe(typed.active === 'true')
      }
      expect(await everythingIn(depot.db)).toEqual(before)
    },
  )

  test('tells of a taken address and a missing location together', async () => {
    const { send } = await openRow(agus, depot.ids.sari)
    const answer = await send({ ...rowOf('sari'), email: CAST.budi.email, location: '' })
    const html = await answer.text()
    expect(answer.status).toBe(422)
    expect([isMarkedWrong(html, 'email'), isMarkedWrong(html, 'location')]).toEqual([true, true])
  })

  test('of oneself that ends the own session leads to the sign-in', async () => {
    const { sari, wati, agus: own } = depot.ids
    for (const id of [sari, wati]) await agus.api('PATCH', `/api/users/${id}`, { role: 'admin' })
    const page = await openRow(agus, own)
    const answer = await page.send({ ...rowOf('agus'), role: 'supervisor' })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/login'])
    expect((await agus.get('/login')).status).toBe(200)
    const client = await depot.signIn('wati')
    const { active: _, ...left } = { active: '', ...rowOf('wati'), role: 'admin' }
    const gone = await (await openRow(client, wati)).send(left, BY_HTMX)
    expect([gone.status, gone.headers.get('HX-Redirect')]).toEqual([200, '/login'])
    expect((await client.get('/users')).headers.get('Location')).toStartWith('/login?next=')
  })

  test('of oneself that changes no more than a name goes on', async () => {
    const { send } = await openRow(agus, depot.ids.agus)
    expect((await send({ ...rowOf('agus'), name: 'Agus P.' }, BY_HTMX)).status).toBe(200)
    expect((await agus.get('/users')).status).toBe(200)
  })
})

describe('a row that somebody else has changed meanwhile', () => {
  test('shows what is saved now with the own values beside it, and saves upon that', async () => {
    const { sari } = depot.ids
    const { send } = await openRow(agus, sari)
    await agus.api('PATCH', `/api/users/${sari}`, {
      email: 'sari.baru@depo.example',
      role: 'supervisor',
    })
    const before = await everythingIn(depot.db)
    const own = { ...rowOf('sari'), name: 'Sari W.' }
    const refused = await send(own)
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(wordsOf(html)).toContain('Data sudah berubah')
    expect(fieldValue(html, 'name')).toBe(CAST.sari.name)
    expect(fieldValue(html, 'email')).toBe('sari.baru@depo.example')
    expect(fieldValue(html, 'role')).toBe('supervisor')
    expect(keptIn(html, 'name')).toContain('Isian Anda: Sari W.')
    expect(keptIn(html, 'email')).toContain(CAST.sari.email)
    expect(keptIn(html, 'role')).toContain('Operasional')
    expect(keptIn(html, 'location')).toContain('GENSET')
    expect(keptIn(html, 'active')).toBe('')
    expect(await everythingIn(depot.db)).toEqual(before)
    const hidden = hiddenFields(html, `/users/${sari}`)
    const again = { ...own, ...hidden, email: 'sari.baru@depo.example', role: 'supervisor' }
    expect((await agus.post(`/users/${sari}`, again)).status).toBe(303)
    expect(await accountOf(depot, sari)).toMatchObject({ name: 'Sari W.', role: 'supervisor' })
  })

  test('comes back to htmx as a row that is swapped in, with a box that was left empty', async () => {
    const { sari } = depot.ids
    const { send } = await openRow(agus, sari)
    await agus.api('PATCH', `/api/users/${sari}`, { name: 'Sari Baru' })
    const { active: _, ...own } = { active: '', ...rowOf('sari') }
    const refused = await send(own, BY_HTMX)
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toStartWith('<tbody class="record"')
    expect(html).toMatch(/role="alert"[^>]*data-errors="[^"]*">Data sudah berubah/)
    expect(isTicked(html)).toBe(true)
    expect(keptIn(html, 'active')).toBe('Isian Anda: Nonaktif')
  })

  test('keeps what was typed beside it through every refusal that follows', async () => {
    const path = `/users/${depot.ids.sari}`
    const change = (fields: object) => agus.api('PATCH', `/api${path}`, fields)
    const { send } = await openRow(agus, depot.ids.sari)
    const theirs = { name: 'Sari mereka', role: 'supervisor' }
    await change(theirs)
    let html = await (await send({ ...rowOf('sari'), name: 'Sari saya' })).text()
    const shown = { ...rowOf('sari'), ...theirs, location: '' }
    const sendAgain = async (fields: Record<string, string>) => {
      const answer = await agus.post(path, { ...shown, ...hiddenFields(html, path), ...fields })
      html = await answer.text()
      return answer.status
    }

    expect(await sendAgain({ email: CAST.budi.email })).toBe(409)
    expect(isMarkedWrong(html, 'email')).toBe(true)
    expect(fieldValue(html, 'name')).toBe('Sari mereka')
    expect(keptIn(html, 'name')).toBe('Isian Anda: Sari saya')
    expect(keptIn(html, 'role')).toBe('Isian Anda: Operasional')

    expect(await sendAgain({ formToken: 'lama' })).toBe(403)
    expect(keptIn(html, 'name')).toBe('Isian Anda: Sari saya')

    await change({ name: 'Sari ketiga' })
    expect(await sendAgain({})).toBe(409)
    expect(fieldValue(html, 'name')).toBe('Sari ketiga')
    expect(keptIn(html, 'name')).toBe('Isian Anda: Sari saya')

    // What is typed later counts for more than what was typed before.
    await change({ name: 'Sari keempat' })
    expect(await sendAgain({ name: 'Sari bersama' })).toBe(409)
    expect(keptIn(html, 'name')).toBe('Isian Anda: Sari bersama')

    expect(await sendAgain({ name: 'Sari bersama', email: 'sari' })).toBe(422)
    expect(keptIn(html, 'name')).toBe('')
    expect(keptIn(html, 'role')).toBe('Isian Anda: Operasional')
    expect(await sendAgain({ name: 'Sari bersama' })).toBe(303)
    expect((await accountOf(depot, depot.ids.sari)).name).toBe('Sari bersama')
  })

  test('is refused once where two save at once', async () => {
    const { sari } = depot.ids
    const second = await depot.signIn('agus')
    const rows = [await openRow(agus, sari), await openRow(second, sari)]
    const answers = await Promise.all(
      rows.map(({ send }, at) => send({ ...rowOf('sari'), name: `Sari ${at}` })),
    )
    expect(countStatuses(answers)).toEqual({ 303: 1, 409: 1 })
    expect(await trailOf(depot, sari)).toHaveLength(1)
    const winner = answers.findIndex(({ status }) => status === 303)
    expect((await accountOf(depot, sari)).name).toBe(`Sari ${winner}`)
  })
})

test('two admins who demote each other at the same moment leave one', async () => {
  const { wati: other, agus: own } = depot.ids
  await agus.api('PATCH', `/api/users/${other}`, { role: 'admin' })
  const wati = await depot.signIn('wati')
  const [demoteWati, demoteAgus] = [await openRow(agus, other), await openRow(wati, own)]
  const answers = await Promise.all([
    demoteWati.send({ ...rowOf('wati'), role: 'supervisor' }),
    demoteAgus.send({ ...rowOf('agus'), role: 'supervisor' }),
  ])
  // Whoever was too late is refused, or has been signed out already.
  const saved = answers.filter(({ headers }) => headers.get('Location')?.startsWith('/users?'))
  expect(saved).toHaveLength(1)
  const isAdmin = and(eq(users.role, 'admin'), eq(users.active, true), eq(users.builtIn, false))
  expect(await depot.db.select().from(users).where(isAdmin)).toHaveLength(1)
})

test.each(['POST /users', 'POST /users/:id'])(
  '%s can show its form again without writing',
  async (name) => {
    const path = name.split(' ')[1] ?? ''
    const route = usersRoutes.find(
      (one) =>
        one.method === 'POST' &&
        one.path.startsWith(path) &&
        one.path.includes(':id') === path.includes(':id'),
    )
    const before = await everythingIn(depot.db)
    const app = depot.reconfigured({})
    const why = { status: 403, sentence: 'Halaman ini sudah lama terbuka.' } as const
    app.post('/refill/:id', (c) => route?.refill?.(c, why) ?? c.text('none', 500))
    const typed = { ...rowOf('sari'), name: 'Sari yang diketik', formToken: 'lama', version: 'x' }
    const cookie = [...agus.jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const response = await app.request(`/refill/${depot.ids.sari}`, {
      method: 'POST',
      body: new URLSearchParams(typed),
      headers: { Cookie: cookie },
    })
    const html = await response.text()
    expect(response.status).toBe(403)
    expect(wordsOf(html)).toContain(why.sentence)
    expect(fieldValue(html, 'name')).toBe(typed.name)
    const hidden = hiddenFields(html, path.replace(':id', String(depot.ids.sari)))
    expect(hidden.formToken).not.toBe('lama')
    expect(await everythingIn(depot.db)).toEqual(before)
  },
)
