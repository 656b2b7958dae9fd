import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { locations } from '#src/database/schema/locations.ts'
import { sessions, users } from '#src/database/schema/users.ts'
import { signInOn } from '#tests/browser/visit.ts'
import { START } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Name } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { makeKey } from '#tests/support/programs.ts'
import type { ServedDepot } from '#tests/support/serve.ts'

/** A page as somebody sees it; null is a visitor. */
export type View = {
  name: string
  as: Name | null
  path: string
  act?: (page: Page) => Promise<void>
}

const HARBOUR = 'KAPAL_TUNDA_PELABUHAN_UTAMA_KE_2'

/** Every page there is, and the states of them that look different. */
export const VIEWS: View[] = [
  { name: 'sign-in', as: null, path: '/login' },
  { name: 'sign-in refused', as: null, path: '/login', act: failToSignIn },
  { name: 'sign-in of a shared PC', as: null, path: '/login', act: beKnown },
  { name: 'sign-in, somebody chosen', as: null, path: '/login', act: beChosen },
  { name: "clerk's home", as: 'sari', path: '/' },
  { name: "clerk's home after a booking", as: 'sari', path: '/', act: beBooked },
  { name: "clerk's home, empty books, warned", as: 'budi', path: '/' },
  { name: 'usage, session over', as: 'budi', path: '/', act: loseSession },
  { name: 'sign-in, a form carried', as: 'budi', path: '/login', act: carryForm },
  { name: 'usage, refused', as: 'sari', path: '/stock/out', act: beRefused },
  { name: 'usage, asked about', as: 'sari', path: '/', act: beAsked },
  { name: "clerk's history", as: 'sari', path: '/history' },
  { name: 'overview', as: 'wati', path: '/' },
  { name: 'delivery', as: 'wati', path: '/stock/in' },
  { name: 'opening', as: 'wati', path: '/stock/in?location=TUG_ASSIST&kind=opening' },
  { name: 'usage', as: 'wati', path: '/stock/out?location=GENSET' },
  { name: 'history', as: 'wati', path: '/history' },
  { name: 'history, filter open', as: 'wati', path: '/history#saringan' },
  { name: 'history, all filters', as: 'wati', path: '/history?kind=usage&corrected=no&limit=50' },
  { name: 'history, found by words', as: 'wati', path: '/history?search=shift+pagi' },
  { name: 'history, news', as: 'wati', path: '/history', act: haveNews },
  { name: 'history, day refused', as: 'wati', path: '/history?date=30+Februari' },
  { name: 'history, nothing found', as: 'wati', path: '/history?search=kosong' },
  { name: 'history, refused', as: 'wati', path: '/history?startDate=30+Februari' },
  { name: 'correction', as: 'wati', path: '/history', act: openCorrection },
  { name: 'correction, refused', as: 'wati', path: '/history', act: haveCorrectionRefused },
  { name: 'correction, booked', as: 'wati', path: '/history', act: haveCorrected },
  { name: 'correction, a page', as: 'sari', path: '/', act: openCorrectionPage },
  { name: 'correction, settled', as: 'wati', path: '/history?sort=-amount', act: openSettled },
  { name: 'entry, corrected', as: 'wati', path: '/history?sort=-amount', act: openCorrected },
  { name: "clerk's charts", as: 'sari', path: '/charts' },
  { name: 'charts', as: 'wati', path: '/charts' },
  { name: 'charts of a long name', as: 'wati', path: `/charts?location=${HARBOUR}` },
  { name: 'charts, a year', as: 'wati', path: '/charts?startDate=2025-11-24' },
  { name: 'charts, ten years', as: 'wati', path: '/charts?startDate=2017-01-01' },
  { name: 'charts of consumers', as: 'wati', path: '/charts?view=consumers' },
  { name: "clerk's charts of consumers", as: 'sari', path: '/charts?view=consumers' },
  { name: 'charts, refused', as: 'wati', path: '/charts?startDate=30+Februari' },
  { name: 'report', as: 'wati', path: '/reports' },
  { name: "clerk's report", as: 'sari', path: '/reports/2026-10' },
  { name: 'report of a month to come', as: 'wati', path: '/reports/2027-01' },
  { name: 'settings', as: 'agus', path: '/settings' },
  { name: 'settings, signatories', as: 'agus', path: '/settings/signatories/edit' },
  { name: 'settings, refused', as: 'agus', path: '/settings', act: haveSettingsRefused },
  { name: 'people', as: 'agus', path: '/users' },
  { name: 'people, nobody found', as: 'agus', path: '/users?search=kosong' },
  { name: 'people, a row refused', as: 'agus', path: '/users', act: haveRowRefused },
  { name: 'people, a row overtaken', as: 'agus', path: '/users', act: haveRowOvertaken },
  { name: 'people, somebody added', as: 'agus', path: '/users', act: addSomebody },
  { name: 'people, a new password', as: 'agus', path: '/users', act: askForPassword },
  { name: 'person', as: 'agus', path: '/users', act: openPerson },
  { name: 'person, a form', as: 'agus', path: '/users', act: openPersonForm },
  { name: 'account', as: 'sari', path: '/account' },
  { name: 'account, refused', as: 'agus', path: '/account', act: haveNameRefused },
  { name: 'password', as: 'wati', path: '/account/password' },
  { name: 'password, refused', as: 'wati', path: '/account/password', act: haveOldPasswordRefused },
  { name: 'first password', as: 'dewi', path: '/' },
  { name: 'first password, form unsent', as: 'dewi', path: '/account/password?unsent=1' },
  { name: 'first password, refused', as: 'dewi', path: '/', act: haveOldPasswordRefused },
  { name: 'locations', as: 'agus', path: '/locations' },
  { name: 'locations, a row refused', as: 'agus', path: '/locations', act: havePlaceRefused },
  { name: 'location, a page of its row', as: 'agus', path: '/locations/1/edit' },
  { name: 'location', as: 'agus', path: '/locations', act: openPlace },
  { name: 'location, one more genset', as: 'agus', path: '/locations', act: addGenset },
  { name: 'API', as: 'agus', path: '/api/docs' },
  { name: 'keys', as: 'agus', path: '/keys' },
  { name: 'keys, none made', as: 'agus', path: '/keys/new', act: haveKeyRefused },
  { name: 'key, made', as: 'agus', path: '/keys/new', act: makeBookingKey },
  { name: 'key, before its revocation', as: 'agus', path: '/keys', act: askAboutRevocation },
  { name: 'audit', as: 'wati', path: '/audit' },
  { name: 'audit, a correction opened', as: 'agus', path: '/audit', act: openChange },
  { name: 'audit, refused', as: 'agus', path: '/audit?startDate=30+Februari' },
  { name: 'audit, nothing found', as: 'agus', path: '/audit?action=user.password' },
  { name: 'a change', as: 'agus', path: '/audit/changes/1' },
  { name: 'sign-ins', as: 'agus', path: '/audit/access' },
  { name: 'imports', as: 'agus', path: '/imports' },
  { name: 'imports, refused', as: 'agus', path: '/imports', act: uploadNothing },
  { name: 'import, bad rows', as: 'agus', path: '/imports', act: uploadBadRows },
  { name: 'import, too little stock', as: 'agus', path: '/imports', act: uploadTooMuchUsage },
  { name: 'import, asked about', as: 'agus', path: '/imports', act: uploadOpenStyle },
  { name: 'import, booked', as: 'agus', path: '/imports', act: haveImported },
  { name: 'missing', as: 'wati', path: '/tidak-ada' },
]

/** Books that press on every edge: the largest amount, words without a space, long names, many rows. */
export async function keepHardBooks(depot: ServedDepot): Promise<void> {
  const { db, ids, signIn } = depot
  await db
    .update(users)
    .set({ name: 'Muhammad Abdurrahman Wahyuningtyas-Kusumawardhanisastra' })
    .where(eq(users.id, ids.sari))
  const isNewcomer = { active: true, mustChangePassword: true }
  await db.update(users).set(isNewcomer).where(eq(users.id, ids.dewi))
  const agus = await signIn('agus')
  const harbour = {
    code: HARBOUR,
    name: 'Kapal tunda pelabuhan utama Balikpapanselatanraya dan sekitarnya',
    capacity: '9999999999.99',
    lowStockThreshold: '1000',
  }
  await agus.api('POST', '/api/locations', harbour)
  await keepKeys(agus)
  const location = 'GENSET'
  const consumer = 'Genset cadangan 500 kVA gudang timur'
  await deliver(agus, {
    location,
    amount: '9999999999.99',
    occurredAt: '2026-11-20T06:00',
    reference: `DO-${'9'.repeat(90)}`,
  })
  await addConsumer(depot, { location, name: consumer })
  await deliver(agus, { location: harbour.code, amount: '999.99', notes: '🛢️'.repeat(200) })
  await signIn('budi')
  await db.update(sessions).set({ reuseNoticedAt: START }).where(eq(sessions.userId, ids.budi))
  const sari = await signIn('sari')
  const notes = 'tanpaspasi'.repeat(50)
  const wrong = await use(sari, { amount: '1234567890.12', notes, consumer })
  const replacement = { amount: '1234567890.11' }
  await correct(sari, { entryId: wrong.id, reason: notes, replacement })
  for (let count = 0; count < 45; count += 1) {
    await use(sari, { amount: '350.5', occurredAt: '2026-11-22T08:00', notes: 'shift pagi' })
  }
}

async function keepKeys(agus: Client): Promise<void> {
  const name = 'Papan tampil ruang kendali pelabuhan utama Balikpapan'
  const { id } = await makeKey(agus, { name, scope: 'read' })
  await agus.api('DELETE', `/api/keys/${id}`)
  await makeKey(agus, { name: 'tanpaspasi'.repeat(10), scope: 'book', location: HARBOUR })
}

export async function addConsumer(
  { db, signIn }: Pick<ServedDepot, 'db' | 'signIn'>,
  { location, name }: { location: string; name: string },
): Promise<void> {
  const [place] = await db.select().from(locations).where(eq(locations.code, location))
  const path = `/api/locations/${place?.id}/consumers`
  const answer = await (await signIn('agus')).api('POST', path, { name, kind: 'genset' })
  if (answer.status !== 201) throw new Error(`no ${name} at ${location}: ${await answer.text()}`)
}

const LONG_NAME = `${'buku-besar-depo-'.repeat(12)}.csv`

async function uploadRows(page: Page, ...rows: string[]): Promise<void> {
  const text = ['tanggal,jenis,lokasi,jumlah,keterangan', ...rows].join('\n')
  await page.setInputFiles('#file', {
    name: LONG_NAME,
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })
  await page.click('.imports button.primary')
  await page.waitForURL('**/imports/previews/*')
}

async function uploadNothing(page: Page): Promise<void> {
  await page.click('.imports button.primary')
  await page.locator('[data-errors]').waitFor()
}

async function uploadBadRows(page: Page): Promise<void> {
  const long = 'tanpaspasi'.repeat(30)
  await uploadRows(page, `${long},${long},${long},${long},x`, '2026-01-01,IN,GUDANG,1,x')
}

async function uploadTooMuchUsage(page: Page): Promise<void> {
  const most = '2021-01-01,OUT,TUG_ASSIST,9999999999.99,'
  await uploadRows(page, most, `2021-01-01,IN,${HARBOUR},9999999999.99,`)
}

async function uploadOpenStyle(page: Page): Promise<void> {
  await uploadRows(page, '2026-01-01,IN,GENSET,"1,250",')
}

async function haveImported(page: Page): Promise<void> {
  await uploadRows(page, `2021-01-01,IN,${HARBOUR},1.25,impor`, '2021-01-02,IN,GENSET,1,impor')
  const button = page.locator('form[action="/imports"] button')
  // The page is looked at more than once, and a file is booked only once.
  if ((await button.count()) > 0) await button.click()
  await page.locator('.imports .notice').waitFor()
}

async function failToSignIn(page: Page): Promise<void> {
  await page.fill('#email', 'seseorang.dengan.nama.panjang@perusahaan-pelayaran.example')
  await page.fill('#password', 'bukan-yang-ini')
  await page.click('main .primary')
  await page.locator('[role=alert]').waitFor()
}

async function beKnown(page: Page): Promise<void> {
  for (const name of ['sari', 'wati', 'agus'] as const) {
    await signInOn(page, name)
    await page.click('.who button')
    await page.locator('.people-here').waitFor()
  }
}

async function beChosen(page: Page): Promise<void> {
  await page.click('.people-here a')
  await page.waitForURL('**/login?as=*')
}

const endSession = (page: Page): Promise<void> =>
  page.context().clearCookies({ name: /^bbm_(access|refresh)/ })

async function loseSession(page: Page): Promise<void> {
  await endSession(page)
  await page.fill('#amount', '350')
  await page.click('#usage-form button')
  await page.locator('.sign-in').waitFor()
}

/** As without a script: the answer is a page. */
async function carryForm(page: Page): Promise<void> {
  await signInOn(page, 'budi')
  await endSession(page)
  await page.fill('#amount', '350')
  await page.evaluate('document.getElementById("usage-form").submit()')
  await page.locator('input[name=carried]').waitFor({ state: 'attached' })
}

async function beBooked(page: Page): Promise<void> {
  await page.fill('#amount', '0,01')
  await page.click('#usage-form button')
  await page.locator('#status strong').waitFor()
}

async function beAsked(page: Page): Promise<void> {
  await page.fill('#amount', '8.000.000.000')
  await page.click('#usage-form button')
  await page.locator('[data-question]').waitFor()
}

async function openCorrection(page: Page): Promise<void> {
  await page.locator('.c-end a[hx-get]').nth(1).click()
  await page.locator('.drawer summary').click()
}

async function haveCorrectionRefused(page: Page): Promise<void> {
  await openCorrection(page)
  await page.fill('#replacement-amount', '9.999.999.999,99')
  await page.fill('#replacement-occurredAt', '2026-11-24T23:59')
  await page.click('.drawer button.primary')
  await page.locator('.drawer [data-errors]').waitFor()
}

async function haveCorrected(page: Page): Promise<void> {
  await openCorrection(page)
  await page.click('label[for=mode-reverse]')
  await page.fill('#reason', 'salah ketik')
  await page.click('.drawer button.primary')
  await page.locator('#status strong').waitFor()
}

/** A correction is open while somebody else books; half a minute passes. */
async function haveNews(page: Page): Promise<void> {
  await page.clock.install()
  await page.reload()
  await openCorrection(page)
  await bookElsewhere(page)
  await page.clock.runFor(31_000)
  await page.locator('#history-news button').waitFor()
}

/** Books in the name of the person who is signed in, as from another window. */
export async function bookElsewhere(page: Page, amount = '1'): Promise<void> {
  const answer = await page.request.post('/api/stock/out', {
    data: { location: 'GENSET', amount, confirmUnusual: true },
  })
  if (answer.status() !== 201) throw new Error(await answer.text())
}

async function openCorrectionPage(page: Page): Promise<void> {
  await page.locator('#last .c-end a[href*=correction]').first().click()
  await page.locator('#correction-form').waitFor()
}

async function openSettled(page: Page): Promise<void> {
  const href = await page.locator('tr.reversed .c-end a').first().getAttribute('href')
  await page.goto(`${href}/correction`)
}

async function openCorrected(page: Page): Promise<void> {
  await page.locator('tr.reversed .c-end a').first().click()
  await page.locator('h1', { hasText: 'Catatan nomor' }).waitFor()
}

async function haveSettingsRefused(page: Page): Promise<void> {
  await page.click('#settings-recipients .c-end a')
  await page.fill('textarea', 'kepala@depo.example\nbukan alamat')
  await page.click('.row-form .button.primary')
  await page.locator('[data-errors]').waitFor()
}

async function openRow(page: Page): Promise<void> {
  await page.locator('.people .c-end a').nth(3).click()
  await page.locator('.editing .input').first().waitFor()
}

async function haveRowRefused(page: Page): Promise<void> {
  await openRow(page)
  await page.fill('.editing [name=email]', 'agus@depo.example')
  await page.selectOption('.editing [name=location]', '')
  await page.press('.editing [name=email]', 'Enter')
  await page.locator('.editing [aria-invalid]').first().waitFor()
}

async function haveRowOvertaken(page: Page): Promise<void> {
  await openRow(page)
  const action = (await page.getAttribute('.row-form', 'action')) ?? ''
  const data = { name: 'x'.repeat(100), location: HARBOUR }
  await page.request.patch(`/api${action}`, { data })
  await page.uncheck('.editing [name=active]')
  await page.press('.editing [name=email]', 'Enter')
  await page.locator('.kept').first().waitFor()
}

async function addSomebody(page: Page): Promise<void> {
  await page.click('.page-head a.button')
  await page.fill('#user-new-name', 'Rina Hartati')
  await page.fill('#user-new-email', `${'rina'.repeat(20)}@depo.example`)
  await page.selectOption('#user-new-location', HARBOUR)
  await page.press('#user-new-email', 'Enter')
  await page.locator('[data-told]').waitFor()
}

async function askForPassword(page: Page): Promise<void> {
  await openRow(page)
  await page.click('.editing .c-seen a')
  await page.locator('.record-under').waitFor()
}

async function openPerson(page: Page): Promise<void> {
  await page.click('.people tbody .c-name a')
  await page.locator('#sessions').waitFor()
}

async function openPersonForm(page: Page): Promise<void> {
  const href = await page.locator('.people .c-end a').nth(3).getAttribute('href')
  await page.goto(href ?? '')
}

async function haveNameRefused(page: Page): Promise<void> {
  await page.fill('#name', '')
  await page.click('.account-name button')
  await page.locator('[data-errors]').waitFor()
}

async function haveOldPasswordRefused(page: Page): Promise<void> {
  await page.fill('#oldPassword', 'bukan-yang-ini')
  await page.fill('#newPassword', 'password123')
  await page.click('main .button.primary')
  await page.locator('[data-errors]').waitFor()
}

async function haveKeyRefused(page: Page): Promise<void> {
  await page.click('main .button.primary')
  await page.locator('[data-errors]').waitFor()
}

async function havePlaceRefused(page: Page): Promise<void> {
  await page.locator('.places .c-end a').first().click()
  await page.fill('.editing [name=capacity]', '1')
  await page.fill('.editing [name=lowStockThreshold]', '9.999.999.999')
  await page.fill('.editing [name=name]', 'tanpaspasi'.repeat(10))
  await page.press('.editing [name=name]', 'Enter')
  await page.locator('.editing [aria-invalid]').first().waitFor()
}

async function openPlace(page: Page): Promise<void> {
  await page.locator('.places .c-code a').first().click()
  await page.locator('#consumers').waitFor()
}

async function addGenset(page: Page): Promise<void> {
  await openPlace(page)
  await page.click('#consumers .panel-head a')
  await page.locator('.editing .input').first().waitFor()
}

async function openChange(page: Page): Promise<void> {
  await page.goto('/audit?action=entry.correct')
  await page.locator('.c-end a[hx-get]').first().click()
  await page.locator('.drawer .compare').waitFor()
}

async function makeBookingKey(page: Page): Promise<void> {
  await page.fill('#name', 'tanpaspasi'.repeat(10))
  await page.selectOption('#scope', 'book')
  await page.selectOption('#location', HARBOUR)
  await page.click('main .button.primary')
  await page.locator('#secret').waitFor()
}

async function askAboutRevocation(page: Page): Promise<void> {
  await page.click('.keys .c-state a')
  await page.locator('.revocation').waitFor()
}

async function beRefused(page: Page): Promise<void> {
  await page.fill('#amount', '9999999999,99')
  await page.fill('#occurredAt', '2026-11-24T23:59')
  await page.click('#usage-form button')
  await page.locator('[data-errors]').waitFor()
}
