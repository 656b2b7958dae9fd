import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { passwordProblem } from '#src/auth/passwords.ts'
import { prepareFirstAdmin } from '#src/company.ts'
import { requests } from '#src/database/schema/requests.ts'
import { users } from '#src/database/schema/users.ts'
import { PASSWORD_WORDS } from '#src/users/password-words.ts'
import { createUser } from '#src/users/service.ts'
import { temporaryPassword } from '#src/users/temporary-password.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'
import {
  accountOf,
  BY_HTMX,
  FRESH,
  openNew,
  signInStatus,
  trailOf,
  wordsIn,
} from '#tests/users/desk.ts'

/** What htmx swaps as a whole. */
const RECORD =
  '<tbody class="record" hx-target="this" hx-select="unset" hx-swap="outerHTML" hx-push-url="false">'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const numberOf = async (email: string): Promise<number> => {
  const row = (await depot.db.select().from(users)).find((one) => one.email === email)
  if (!row) throw new Error(`nobody has the address ${email}`)
  return row.id
}

describe('four words', () => {
  const made = (id: string, endpoint = 'POST /users') =>
    temporaryPassword(depot.system, { id, endpoint }, CAST.sari)

  test('are common words, enough of them that nobody guesses four', () => {
    expect(new Set(PASSWORD_WORDS).size).toBe(PASSWORD_WORDS.length)
    expect(Math.log2(PASSWORD_WORDS.length) * 4).toBeGreaterThan(42)
    for (const word of PASSWORD_WORDS) expect(word).toMatch(/^[a-z]{4,7}$/)
  })

  test('are the same for the same request and others for any other, or under another secret', () => {
    expect(made('satu')).toBe(made('satu'))
    const all = Array.from({ length: 200 }, (_, at) => made(String(at)))
    expect(new Set([...all, made('0', 'POST /users/2/password')]).size).toBe(201)
    const config = { ...depot.system.config, jwtSecret: 'x'.repeat(40) }
    const request = { id: '0', endpoint: 'POST /users' }
    expect(temporaryPassword({ config }, request, CAST.sari)).not.toBe(made('0'))
    for (const words of all) expect(words).toMatch(/^[a-z]{4,7}(-[a-z]{4,7}){3}$/)
  })

  test('come from all over the list', () => {
    const drawn = Array.from({ length: 1500 }, (_, at) => made(`n${at}`)).flatMap((words) =>
      words.split('-'),
    )
    // Of 1,558 words 6,000 draws leave about 2 in 100 out.
    expect(new Set(drawn).size).toBeGreaterThan(PASSWORD_WORDS.length * 0.95)
  })
})

describe('four words for somebody whose name is one of them', () => {
  test('hold nothing of it, and are the same for a repeat', () => {
    // One draw of four holds one of these.
    const owner = { name: PASSWORD_WORDS.slice(0, 100).join(' '), email: 'x@depo.example' }
    for (let at = 0; at < 100; at++) {
      const request = { id: `n${at}`, endpoint: 'POST /users' }
      const words = temporaryPassword(depot.system, request, owner)
      expect(passwordProblem(words, owner)).toBeNull()
      expect(temporaryPassword(depot.system, request, owner)).toBe(words)
    }
  })
})

describe('adding somebody', () => {
  test('in place answers the row with four words below it, which let them in', async () => {
    const row = await (await agus.fragment('/users/new')).text()
    expect(row).toStartWith('<tbody class="record"')
    expect(row).toContain('id="user-new"')
    const { send } = await openNew(agus)
    const answer = await send(FRESH, BY_HTMX)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    const id = await numberOf('rina@depo.example')
    expect(html).toContain(`<tr id="user-${id}" class="new">`)
    expect(wordsOf(html)).toContain('Pengguna ditambahkan: Rina Hartati')
    expect(wordsOf(html)).toContain('6 orang, 5 aktif')
    // Not within the row, which may turn into a form before they are noted.
    expect(html).toContain(
      `</tr></tbody>${RECORD}<tr class="record-under" id="user-${id}-password">`,
    )
    const words = wordsIn(html) ?? ''
    expect(await accountOf(depot, id)).toMatchObject({ mustChangePassword: true, active: true })
    expect(await signInStatus(depot, 'rina@depo.example', words)).toBe(200)
    const [link] = await trailOf(depot, id)
    expect(link).toMatchObject({ action: 'user.create', userId: depot.ids.agus })
  })

  test('without a script shows the words in the answer and in no address', async () => {
    const { send } = await openNew(agus)
    const answer = await send(FRESH)
    expect([answer.status, answer.headers.get('Location')]).toEqual([200, null])
    const html = await answer.text()
    expect(html).toContain('<html')
    expect(await signInStatus(depot, 'rina@depo.example', wordsIn(html) ?? '')).toBe(200)
  })

  test('again, and many times at once, adds one person and tells the same words', async () => {
    const { send } = await openNew(agus)
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(FRESH)))
    const told = await Promise.all(answers.map(async (one) => wordsIn(await one.text())))
    expect(new Set(told).size).toBe(1)
    expect(told[0]).not.toBeNull()
    expect(wordsIn(await (await send(FRESH)).text())).toBe(told[0] ?? '')
    expect(await depot.db.select().from(users)).toHaveLength(7)
  })

  test('again after they have another password says so, and tells nothing', async () => {
    const { send } = await openNew(agus)
    await send(FRESH)
    const id = await numberOf('rina@depo.example')
    await agus.api('PATCH', `/api/users/${id}`, { password: 'yang-lain-sama-sekali' })
    const html = await (await send(FRESH)).text()
    expect(wordsIn(html)).toBeNull()
    expect(wordsOf(html)).toContain('sudah tidak berlaku lagi')
  })

  test('under a key that has added somebody else says so, and adds nobody', async () => {
    const { send, hidden } = await openNew(agus)
    await send(FRESH)
    const other = { ...FRESH, name: 'Rina Lain', email: 'lain@depo.example' }
    const before = await everythingIn(depot.db)
    const answer = await send(other)
    expect(answer.status).toBe(409)
    const html = await answer.text()
    expect(wordsOf(html)).toContain('Kiriman sebelumnya sudah tersimpan dengan isi yang lain.')
    expect(wordsOf(html)).toContain('simpan lagi hanya bila memang perlu satu lagi')
    expect(fieldValue(html, 'name')).toBe('Rina Lain')
    expect(await everythingIn(depot.db)).toEqual(before)
    const fresh = hiddenFields(html, '/users')
    expect(fresh.requestId).not.toBe(hidden.requestId)
    expect((await agus.post('/users', { ...other, ...fresh })).status).toBe(200)
  })

  test.each([
    ['name', { name: '' }, 422],
    ['email', { email: 'rina' }, 422],
    ['email', { email: CAST.dewi.email }, 409],
    ['location', { location: '' }, 422],
    ['role', { role: '' }, 422],
  ])('refuses a wrong %s at its field (%j) and adds nobody', async (field, bad, status) => {
    const before = await everythingIn(depot.db)
    const { send, hidden } = await openNew(agus)
    for (const headers of [{}, BY_HTMX]) {
      const answer = await send({ ...FRESH, ...bad }, headers)
      expect(answer.status).toBe(headers === BY_HTMX ? 422 : status)
      const html = await answer.text()
      expect(isMarkedWrong(html, field)).toBe(true)
      expect(fieldValue(html, 'name')).toBe({ ...FRESH, ...bad }.name)
      expect(hiddenFields(html, '/users').requestId).toBe(hidden.requestId ?? '')
      expect(html).not.toContain('<code>')
    }
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('cannot give what the form does not ask for', async () => {
    const { send } = await openNew(agus)
    const sneaky = { password: 'pilihan-orang-lain', builtIn: 'true', active: '', id: '1' }
    expect((await send({ ...FRESH, ...sneaky })).status).toBe(200)
    const id = await numberOf('rina@depo.example')
    expect(await accountOf(depot, id)).toMatchObject({ builtIn: false, active: true })
    expect(await signInStatus(depot, 'rina@depo.example', sneaky.password)).toBe(401)
  })
})

describe('a new password for somebody', () => {
  const open = async (id: number) => {
    const path = `/users/${id}/password`
    const html = await (await agus.get(path)).text()
    const hidden = hiddenFields(html, path)
    return { hidden, send: (headers = {}) => agus.post(path, hidden, headers) }
  }

  test('is told once, ends their sessions, must be changed and leaves no secret behind', async () => {
    const { sari } = depot.ids
    const client = await depot.signIn('sari')
    const answer = await (await open(sari)).send()
    expect([answer.status, answer.headers.get('Location')]).toEqual([200, null])
    const words = wordsIn(await answer.text()) ?? ''
    expect((await client.get('/api/auth/me')).status).toBe(401)
    expect(await signInStatus(depot, CAST.sari.email, PASSWORD)).toBe(401)
    expect(await signInStatus(depot, CAST.sari.email, words)).toBe(200)
    expect(await accountOf(depot, sari)).toMatchObject({ mustChangePassword: true })
    const [link] = await trailOf(depot, sari)
    expect(link?.action).toBe('user.password')
    const kept = [await everythingIn(depot.db), await depot.db.select().from(requests)]
    const everything = JSON.stringify(kept, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    expect(everything).not.toContain(words)
    expect(JSON.stringify(link)).not.toContain('$2b$')
    expect(JSON.stringify(depot.lines)).not.toContain(words)
  })

  test('asked for twice, also at once, is one and is told the same', async () => {
    const { send } = await open(depot.ids.sari)
    const answers = await Promise.all([send(), send(BY_HTMX), send()])
    const told = await Promise.all(answers.map(async (one) => wordsIn(await one.text())))
    expect(new Set(told).size).toBe(1)
    expect(told[0]).not.toBeNull()
    expect(await trailOf(depot, depot.ids.sari)).toHaveLength(1)
    const { send: sendOther } = await open(depot.ids.sari)
    expect(wordsIn(await (await sendOther()).text())).not.toBe(told[0] ?? '')
    const late = await (await send()).text()
    expect(wordsIn(late)).toBeNull()
    expect(wordsOf(late)).toContain('sudah tidak berlaku lagi')
  })

  test('stands below the row where htmx asks', async () => {
    const { sari } = depot.ids
    const form = await (await agus.fragment(`/users/${sari}/password`)).text()
    const start = `${RECORD}<tr class="record-under" id="user-${sari}-password">`
    expect(form).toStartWith(start)
    const told = await (await (await open(sari)).send(BY_HTMX)).text()
    expect(told).toStartWith(start)
    expect(wordsIn(told)).not.toBeNull()
  })

  test('is not made by reading, for oneself, or for nobody', async () => {
    const before = await everythingIn(depot.db)
    expect((await agus.get(`/users/${depot.ids.sari}/password`)).status).toBe(200)
    expect((await agus.get('/users/999999/password')).status).toBe(404)
    const { hidden } = await open(depot.ids.sari)
    expect((await agus.post('/users/999999/password', hidden)).status).toBe(404)
    const own = await agus.post(`/users/${depot.ids.agus}/password`, hidden)
    expect(own.status).toBe(409)
    expect(wordsOf(await own.text())).toContain('di halaman Akun')
    expect(await everythingIn(depot.db)).toEqual(before)
  })
})

describe('a password must be changed', () => {
  test('where another person chose it, by a program or at the shell', async () => {
    const body = {
      email: 'rina@depo.example',
      name: 'Rina',
      role: 'supervisor',
      password: 'sepuluh-huruf-lebih',
    }
    expect((await agus.api('POST', '/api/users', body)).status).toBe(201)
    expect((await accountOf(depot, await numberOf(body.email))).mustChangePassword).toBe(true)
    await agus.api('PATCH', `/api/users/${depot.ids.sari}`, { name: 'Sari W.' })
    expect((await accountOf(depot, depot.ids.sari)).mustChangePassword).toBe(false)
    await agus.api('PATCH', `/api/users/${depot.ids.sari}`, { password: 'sepuluh-huruf-lebih' })
    expect((await accountOf(depot, depot.ids.sari)).mustChangePassword).toBe(true)
  })

  test('but not the one of the first admin, or of an example', async () => {
    const person = {
      email: 'contoh@depo.example',
      name: 'Contoh',
      role: 'supervisor' as const,
      location: null,
      password: PASSWORD,
    }
    const { user } = await createUser(depot.system, { actor: null }, person)
    expect((await accountOf(depot, user.id)).mustChangePassword).toBe(false)
    await depot.db.update(users).set({ role: 'supervisor' })
    const first = await prepareFirstAdmin(depot.system)
    expect((await accountOf(depot, await numberOf(first?.email ?? ''))).mustChangePassword).toBe(
      false,
    )
  })
})
