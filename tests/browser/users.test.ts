import { afterEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { users } from '#src/database/schema/users.ts'
import { findFaults } from '#tests/browser/measure.ts'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type OldPage, openChromium64 } from '#tests/support/chromium-64.ts'
import { tabs, typed, typeInLynx } from '#tests/support/lynx.ts'

const { depot, visit, expectQuiet } = useDepot(async () => undefined)

const row = (who: 'sari' | 'budi' | 'wati') => `#user-${depot().ids[who]}`
const field = (who: 'sari' | 'budi' | 'wati', name: string) => `${row(who)}-${name}`
const change = (who: 'sari' | 'budi' | 'wati') => `${row(who)} .c-end a`
const nameOf = async (id: number) => {
  const [account] = await depot().db.select().from(users).where(eq(users.id, id))
  return account?.name
}

async function open(page: Page, who: 'sari' | 'budi' | 'wati'): Promise<void> {
  await page.click(change(who))
  await page.locator(`${field(who, 'name')}:focus`).waitFor()
}

/** Holds back what the page sends, so that there is time to do something else. */
async function holdPosts(page: Page) {
  const [sent, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await page.route('**/users**', async (route) => {
    if (route.request().method() === 'POST') {
      sent.resolve()
      await held.promise
    }
    await route.continue()
  })
  return { isSent: sent.promise, letGo: held.resolve }
}

/** What Chromium itself says of an answer that refuses. */
const REFUSAL = /422 \(Unprocessable/

describe('with JavaScript', () => {
  test('a row turns into its form, is saved by Enter and turns back, and nothing else moves', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users?search=a')
    await page.evaluate('window.isMarked = true')
    const left = await edgesOf(page)
    await open(page, 'sari')
    expect(await edgesOf(page)).toEqual(left)
    await page.fill(field('sari', 'name'), 'Sari W.')
    await page.press(field('sari', 'name'), 'Enter')
    expect(await readStatus(page)).toBe('Tersimpan: Sari W.')
    await page.locator(`${change('sari')}:focus`).waitFor()
    expect(await read(page, `${row('sari')}.new .c-name`)).toBe('Sari W.')
    expect(await page.locator('.editing').count()).toBe(0)
    expect(await edgesOf(page)).toEqual(left)
    expect(new URL(page.url()).search).toBe('?search=a')
    expect(await page.evaluate('window.isMarked')).toBe(true)
    expect(await nameOf(depot().ids.sari)).toBe('Sari W.')
    expectQuiet(seen)
  })

  test('Escape and "Batal" give the row back as it was, and lead the keyboard to it', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users')
    for (const cancel of [
      () => page.keyboard.press('Escape'),
      () => page.click(`${row('sari')} [data-cancel]`),
    ]) {
      await open(page, 'sari')
      await page.fill(field('sari', 'name'), 'Bukan ini')
      await cancel()
      await page.locator(`${change('sari')}:focus`).waitFor()
      // In the row that is edited the name stands in a field, not in its text.
      const name = page.locator(`${row('sari')} .c-name`)
      await name.filter({ hasText: CAST.sari.name }).waitFor()
    }
    expect(await nameOf(depot().ids.sari)).toBe(CAST.sari.name)
    expectQuiet(seen)
  })

  test('two rows are edited side by side: what is done to one leaves the other', async () => {
    const { page } = await visit({ as: 'agus' })
    await page.goto('/users')
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari yang ditulis')
    await open(page, 'budi')
    await page.fill(field('budi', 'name'), 'Budi yang ditulis')
    await page.press(field('budi', 'name'), 'Escape')
    await page.locator(`${change('budi')}:focus`).waitFor()
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari yang ditulis')
    await open(page, 'budi')
    await page.press(field('budi', 'name'), 'Enter')
    await page.locator(`${change('budi')}:focus`).waitFor()
    await page.press(field('sari', 'name'), 'Enter')
    await page.locator(`${change('sari')}:focus`).waitFor()
    expect(await nameOf(depot().ids.sari)).toBe('Sari yang ditulis')
  })

  test('what is wrong stands at its field in the row, has the focus, and is mended there', async () => {
    const { page, problems } = await visit({ as: 'agus' })
    await page.goto('/users')
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari W.')
    await page.fill(field('sari', 'email'), CAST.budi.email)
    await page.selectOption(field('sari', 'location'), '')
    await page.click(`${row('sari')} .primary`)
    await page.locator(`${field('sari', 'email')}[aria-invalid=true]:focus`).waitFor()
    expect(await read(page, `${field('sari', 'email')}-error`)).toContain('dipakai Budi Santoso')
    expect(await read(page, `${field('sari', 'location')}-error`)).toBe(
      'Operasional harus punya lokasi.',
    )
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari W.')
    await page.fill(field('sari', 'email'), CAST.sari.email)
    await page.selectOption(field('sari', 'location'), 'TUG_ASSIST')
    await page.press(field('sari', 'email'), 'Enter')
    await page.locator(`${change('sari')}:focus`).waitFor()
    expect(await read(page, `${row('sari')} .c-place`)).toBe('TUG_ASSIST')
    expect(problems.filter((problem) => !REFUSAL.test(problem))).toEqual([])
  })

  test('a change made meanwhile is shown with the own values beside it, to be taken by a button', async () => {
    const { page, problems } = await visit({ as: 'agus' })
    const other = await depot().signIn('agus')
    await page.goto('/users')
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari saya')
    await page.uncheck(field('sari', 'active'))
    const theirs = { name: 'Sari mereka', role: 'supervisor' }
    await other.api('PATCH', `/api/users/${depot().ids.sari}`, theirs)
    await page.press(field('sari', 'name'), 'Enter')
    await page.locator('[data-errors]:focus').waitFor()
    expect(await read(page, '[data-errors]')).toContain('Data sudah berubah')
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari mereka')
    expect(await page.inputValue(field('sari', 'role'))).toBe('supervisor')
    expect(await read(page, `${field('sari', 'name')}-kept`)).toContain('Isian Anda: Sari saya')
    for (const name of ['name', 'active']) await page.click(`${field('sari', name)}-kept button`)
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari saya')
    expect(await page.isChecked(field('sari', 'active'))).toBe(false)
    await page.press(field('sari', 'name'), 'Enter')
    expect(await readStatus(page)).toContain('Sari saya, nonaktif dan tidak bisa masuk')
    await page.locator(`${row('sari')}.inactive`).waitFor()
    expect(await read(page, `${row('sari')} .c-role`)).toBe('Supervisor')
    expect(await read(page, '#users-count')).toBe('5 orang, 3 aktif')
    expect(problems.filter((problem) => !REFUSAL.test(problem))).toEqual([])
  })

  test('what was typed stays beside its field through the refusals that follow, until it is taken', async () => {
    const { page, problems } = await visit({ as: 'agus' })
    const other = await depot().signIn('agus')
    await page.goto('/users')
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari saya')
    await page.selectOption(field('sari', 'location'), 'TUG_ASSIST')
    await other.api('PATCH', `/api/users/${depot().ids.sari}`, { name: 'Sari mereka' })
    await page.press(field('sari', 'name'), 'Enter')
    await page.locator('[data-errors]:focus').waitFor()
    await page.click(`${field('sari', 'location')}-kept button`)
    await page.fill(field('sari', 'email'), CAST.budi.email)
    await page.press(field('sari', 'email'), 'Enter')
    await page.locator(`${field('sari', 'email')}[aria-invalid=true]:focus`).waitFor()
    expect(await page.locator(`${field('sari', 'location')}-kept`).count()).toBe(0)
    expect(await page.inputValue(field('sari', 'location'))).toBe('TUG_ASSIST')
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari mereka')
    await page.click(`${field('sari', 'name')}-kept button`)
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari saya')
    await page.fill(field('sari', 'email'), CAST.sari.email)
    await page.press(field('sari', 'email'), 'Enter')
    expect(await readStatus(page)).toBe('Tersimpan: Sari saya')
    expect(await read(page, `${row('sari')} .c-place`)).toBe('TUG_ASSIST')
    expect(problems.filter((problem) => !REFUSAL.test(problem))).toEqual([])
  })

  test('a row on its way is neither given up by Escape nor by "Batal"', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users')
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari W.')
    const saving = await holdPosts(page)
    await page.press(field('sari', 'name'), 'Enter')
    await saving.isSent
    await page.keyboard.press('Escape')
    await page.click(`${row('sari')} [data-cancel]`)
    saving.letGo()
    await page.locator(`${row('sari')}.new`).waitFor()
    expect(await readStatus(page)).toBe('Tersimpan: Sari W.')
    expect(await read(page, `${row('sari')} .c-name`)).toBe('Sari W.')
    expectQuiet(seen)
  })

  test('somebody who is on their way is not taken away before their password is told', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users')
    await page.click('text=Tambah pengguna')
    await page.fill('#user-new-name', 'Rina Hartati')
    await page.fill('#user-new-email', 'rina@depo.example')
    await page.selectOption('#user-new-location', 'GENSET')
    const adding = await holdPosts(page)
    await page.press('#user-new-email', 'Enter')
    await adding.isSent
    await page.keyboard.press('Escape')
    await page.click('#user-new [data-cancel]')
    adding.letGo()
    await page.locator('[data-told]:focus').waitFor()
    // Nor does it go when the row above it becomes a form.
    await page.keyboard.press('Escape')
    await page.click('.people .new .c-end a')
    await page.locator('.editing').waitFor()
    expect(await read(page, '.told-words')).toMatch(/^[a-z]+(-[a-z]+){3}$/)
    expectQuiet(seen)
  })

  test('somebody is added in place, and their password is told once', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users')
    await page.click('text=Tambah pengguna')
    await page.locator('#user-new-name:focus').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('#user-new').waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Tambah pengguna')
    await page.keyboard.press('Enter')
    await page.locator('#user-new-name:focus').waitFor()
    await page.click('text=Tambah pengguna')
    await page.locator('#user-new-name:focus').waitFor()
    expect(await page.locator('#user-new').count()).toBe(1)
    await page.fill('#user-new-name', 'Rina Hartati')
    await page.fill('#user-new-email', 'rina@depo.example')
    await page.selectOption('#user-new-location', 'GENSET')
    await page.press('#user-new-email', 'Enter')
    await page.locator('[data-told]:focus').waitFor()
    expect(await readStatus(page)).toBe('Pengguna ditambahkan: Rina Hartati')
    const words = await read(page, '.told-words')
    expect(words).toMatch(/^[a-z]+(-[a-z]+){3}$/)
    expect(await read(page, '#users-count')).toBe('6 orang, 5 aktif')
    await page.click('text=Sudah dicatat')
    expect(await page.content()).not.toContain(words)
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      'Ubah Rina Hartati',
    )
    const login = await depot()
      .visit()
      .api('POST', '/api/auth/login', { email: 'rina@depo.example', password: words })
    expect(login.status).toBe(200)
    expectQuiet(seen)
  })

  test('a new password is asked for and told below the row, whose form goes on', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users')
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari W.')
    const link = `${row('sari')} .c-seen a`
    await page.click(link)
    await page.locator('.record-under button:focus').waitFor()
    await page.click(link)
    expect(await page.locator('.record-under').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.locator('.record-under').waitFor({ state: 'detached' })
    await page.locator(`${link}:focus`).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.record-under button:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-told]:focus').waitFor()
    const words = await read(page, '.told-words')
    expect(words).toMatch(/^[a-z]+(-[a-z]+){3}$/)
    await page.keyboard.press('Escape')
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari W.')
    await page.press(field('sari', 'name'), 'Enter')
    expect(await readStatus(page)).toContain('Sari W.')
    await page.locator(`${change('sari')}:focus`).waitFor()
    await open(page, 'sari')
    await page.keyboard.press('Escape')
    await page.locator(`${change('sari')}:focus`).waitFor()
    await open(page, 'sari')
    await page.click(`${row('sari')} [data-cancel]`)
    await page.locator(`${change('sari')}:focus`).waitFor()
    expect(await read(page, '.told-words')).toBe(words)
    await page.click('text=Sudah dicatat')
    expect(await page.content()).not.toContain(words)
    await page.locator(`${change('sari')}:focus`).waitFor()
    expectQuiet(seen)
  })

  test('search, sorting and pages change the table and the address alone', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    await page.goto('/users')
    await page.evaluate('window.isMarked = true')
    await page.fill('#search', 'sari')
    await page.press('#search', 'Enter')
    await page.locator(row('budi')).waitFor({ state: 'detached' })
    expect(page.url()).toEndWith('/users?search=sari')
    await open(page, 'sari')
    await page.keyboard.press('Escape')
    await page.locator(`${change('sari')}:focus`).waitFor()
    expect(page.url()).toEndWith('/users?search=sari')
    await page.click('text=Terakhir masuk')
    await page.waitForURL('**/users?search=sari&sort=-lastSignIn')
    expect(await page.evaluate('window.isMarked')).toBe(true)
    expectQuiet(seen)
  })

  test('a row that cannot be had says so where it was asked for', async () => {
    const { page, context } = await visit({ as: 'agus' })
    await page.goto('/users')
    await context.setOffline(true)
    await page.click(change('sari'))
    await page.locator(`${row('sari')} [data-trouble]:focus`).waitFor()
    expect(await read(page, `${row('sari')} [data-trouble]`)).toContain('Jaringan terputus.')
    await context.setOffline(false)
    await open(page, 'sari')
    await page.fill(field('sari', 'name'), 'Sari W.')
    await context.setOffline(true)
    await page.press(field('sari', 'name'), 'Enter')
    await page.locator(`${row('sari')} [data-trouble]:focus`).waitFor()
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari W.')
  })

  test('ends a session of somebody in its list', async () => {
    const seen = await visit({ as: 'agus' })
    const { page } = seen
    const sari = await depot().signIn('sari')
    await page.goto(`/users/${depot().ids.sari}`)
    await page.click('#sessions .c-end button')
    expect(await readStatus(page)).toBe('Satu sesi diakhiri.')
    expect(await read(page, '#sessions')).toContain('tidak sedang masuk')
    expect((await sari.get('/api/auth/me')).status).toBe(401)
    expectQuiet(seen)
  })
})

test('on a phone a row and its form stand below one another, with nothing cut or too small', async () => {
  const { page } = await visit({ as: 'agus', viewport: { width: 360, height: 740 } })
  await page.goto('/users')
  const none = { wider: 0, outside: [], cut: [], small: [], crossed: [] }
  expect(await findFaults(page)).toEqual(none)
  await open(page, 'sari')
  expect(await page.locator(`label[for="${field('sari', 'email').slice(1)}"]`).isVisible()).toBe(
    true,
  )
  expect(await findFaults(page)).toEqual(none)
  await page.selectOption(field('sari', 'location'), '')
  await page.click(`${row('sari')} .primary`)
  await page.locator(`${row('sari')} [aria-invalid]`).waitFor()
  expect(await findFaults(page)).toEqual(none)
})

describe('without JavaScript', () => {
  const javaScriptEnabled = false

  test('the same row is a page: changed, refused, and changed upon what somebody else saved', async () => {
    const seen = await visit({ as: 'agus', javaScriptEnabled })
    const { page } = seen
    await page.goto('/users?search=sari')
    await page.click(change('sari'))
    await page.fill(field('sari', 'name'), '')
    await page.click('main .primary')
    expect(await read(page, '[data-errors]')).toContain('Isi nama.')
    await page.fill(field('sari', 'name'), 'Sari saya')
    const other = await depot().signIn('agus')
    await other.api('PATCH', `/api/users/${depot().ids.sari}`, { name: 'Sari mereka' })
    await page.press(field('sari', 'name'), 'Enter')
    expect(await read(page, '[data-errors]')).toContain('Data sudah berubah')
    expect(await page.inputValue(field('sari', 'name'))).toBe('Sari mereka')
    expect(await read(page, `${field('sari', 'name')}-kept`)).toBe('Isian Anda: Sari saya')
    await page.fill(field('sari', 'name'), 'Sari bersama')
    await page.click('main .primary')
    expect(page.url()).toMatch(/\/users\?search=sari&saved=\d+#user-\d+$/)
    expect(await readStatus(page)).toBe('Tersimpan: Sari bersama')
    expect(await page.locator(`${row('sari')}.new`).isVisible()).toBe(true)
    await page.click(change('sari'))
    await page.click('text=Batal')
    expect(page.url()).toMatch(/\/users\?search=sari#user-\d+$/)
    expectQuiet({ ...seen, problems: seen.problems.filter((one) => !/422|409/.test(one)) })
  })

  test('somebody is added, gets another password and is signed out', async () => {
    const { page } = await visit({ as: 'agus', javaScriptEnabled })
    await page.goto('/users')
    await page.click('text=Tambah pengguna')
    await page.fill('#user-new-name', 'Rina Hartati')
    await page.fill('#user-new-email', 'rina@depo.example')
    await page.selectOption('#user-new-location', 'GENSET')
    await page.click('main .primary')
    const first = await read(page, '.told-words')
    await page.click('text=Sudah dicatat')
    expect(await read(page, 'h1')).toBe('Rina Hartati')
    await page.click('text=Buat kata sandi baru')
    await page.click('main .primary')
    expect(await read(page, '.told-words')).not.toBe(first)
    expect(page.url()).toMatch(/\/users\/\d+\/password$/)
    await depot().signIn('sari')
    await page.goto(`/users/${depot().ids.sari}`)
    await page.click('#sessions .panel-head button')
    expect(await readStatus(page)).toBe('Satu sesi diakhiri.')
  })
})

test('a row is changed in lynx, too, which knows nothing of controls outside their form', async () => {
  const { origin, ids } = depot()
  await typeInLynx(`${origin}/users/${ids.sari}/edit`, [
    ...tabs(1),
    ...typed(CAST.agus.email),
    ...tabs(1),
    ...typed(PASSWORD),
    ...tabs(1),
    '^J',
    // From "Batal", the last of the page, up to the name and to its end.
    'End',
    ...Array.from({ length: 7 }, () => 'Up Arrow'),
    '^E',
    ...typed(' W.'),
    // Past e-mail, role, location, the box and the link to a password.
    ...tabs(6),
    '^J',
  ])
  expect(await nameOf(ids.sari)).toBe('Sari Wulandari W.')
})

describe('in Chromium 64', () => {
  let page: OldPage | undefined
  afterEach(() => page?.close())

  test('a row opens, closes by Escape, is refused at its field and saved by Enter', async () => {
    page = await openChromium64()
    await page.goto(`${depot().origin}/login`)
    await page.fill('#email', CAST.agus.email)
    await page.fill('#password', PASSWORD)
    await page.click('main .primary')
    await page.waitFor(`location.pathname === '/' && document.readyState === 'complete'`)
    await page.goto(`${depot().origin}/users`)
    const focused = `document.activeElement.id === '${field('sari', 'name').slice(1)}'`
    await page.click(change('sari'))
    await page.waitFor(focused)
    await page.press('Escape')
    await page.waitFor(`!document.querySelector('.editing')`)
    await page.waitFor(`document.activeElement.matches('${change('sari')}')`)
    await page.click(change('sari'))
    await page.waitFor(focused)
    await page.fill(field('sari', 'email'), CAST.budi.email)
    await page.press('Enter')
    await page.waitFor(`document.activeElement.matches('[aria-invalid=true]')`)
    await page.fill(field('sari', 'email'), 'sari.w@depo.example')
    await page.press('Enter')
    await page.waitFor(`document.querySelector('#status').textContent.indexOf('Tersimpan') === 0`)
    await page.waitFor(`document.activeElement.matches('${change('sari')}')`)
    await page.click('.page-head a.button')
    await page.waitFor(`document.activeElement.id === 'user-new-name'`)
    expect(page.problems.filter((problem) => !/422/.test(problem))).toEqual([])
  })
})

/** Where each column begins: none may move when a row becomes a form. */
const edgesOf = (page: Page): Promise<number[]> =>
  page.evaluate(
    `Array.from(document.querySelectorAll('.people th[scope=col]')).map(function (head) { return Math.round(head.getBoundingClientRect().left) })`,
  )
