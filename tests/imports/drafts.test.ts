import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { users } from '#src/database/schema/users.ts'
import { csv, makeLedger } from '#tests/imports/bring-in.ts'
import {
  book,
  choose,
  draftsIn,
  look,
  PREVIEWS,
  upload,
  uploadAndLook,
} from '#tests/imports/uploading.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { countEntries, everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const GOOD = csv('2026-01-01T08:00,IN,GENSET,1000,,')
const OTHER = csv('2026-01-01T09:00,IN,GENSET,7,,')
const GONE = 'Berkas ini tidak ada lagi'

/** A second admin. */
async function promoteWati(): Promise<Client> {
  await depot.db.update(users).set({ role: 'admin' }).where(eq(users.id, depot.ids.wati))
  return depot.signIn('wati')
}

test("another admin's file can neither be seen nor booked nor looked at again", async () => {
  const { path, html } = await uploadAndLook(agus, GOOD)
  const wati = await promoteWati()
  const page = await (await wati.get('/imports')).text()
  const { formToken = '' } = hiddenFields(page, PREVIEWS)
  const fields = { ...hiddenFields(html, '/imports'), formToken }
  for (const answer of [
    await wati.get(path),
    await wati.post('/imports', fields),
    await wati.post(PREVIEWS, fields),
  ]) {
    expect(answer.status).toBe(403)
    expect(wordsOf(await answer.text())).toContain('diunggah oleh Agus Pratama')
  }
  expect(page).not.toContain(path)
  expect(await countEntries(depot.db)).toBe(0)
  expect((await book(agus, html)).status).toBe(303)
})

test('a file goes on in another session of the same person', async () => {
  const { path } = await uploadAndLook(agus, GOOD)
  const elsewhere = await depot.signIn('agus')
  expect((await look(elsewhere, '/imports')).html).toContain(`href="${path}"`)
  expect((await book(elsewhere, (await look(elsewhere, path)).html)).status).toBe(303)
  expect(await countEntries(depot.db)).toBe(1)
})

describe('a file that is kept no more', () => {
  test('since a day has passed is said above the form, and its folder is gone after the next upload', async () => {
    const { path, html } = await uploadAndLook(agus, GOOD)
    depot.pass({ days: 1 })
    agus = await depot.signIn('agus')
    const gone = await look(agus, path)
    expect(gone.status).toBe(404)
    expect(gone.words).toContain(GONE)
    expect(gone.html).toContain('enctype="multipart/form-data"')
    const { formToken = '' } = hiddenFields(gone.html, PREVIEWS)
    for (const action of ['/imports', PREVIEWS]) {
      const fields = { ...hiddenFields(html, '/imports'), formToken }
      expect((await agus.post(action, fields)).status).toBe(404)
    }
    expect(await countEntries(depot.db)).toBe(0)
    await uploadAndLook(agus, OTHER)
    expect(draftsIn(depot).length).toBe(1)
  })

  test('since another one took its place', async () => {
    const first = await uploadAndLook(agus, GOOD)
    await uploadAndLook(agus, OTHER)
    const refused = await book(agus, first.html)
    expect([refused.status, draftsIn(depot).length]).toEqual([404, 1])
    expect(await countEntries(depot.db)).toBe(0)
  })

  test.each(['0'.repeat(32), 'draft.json', '..%2F..', '1'])('or never was one (%s)', async (id) => {
    expect((await look(agus, `${PREVIEWS}/${id}`)).status).toBe(404)
  })
})

test('what is booked is what the person has seen', async () => {
  const seen = await uploadAndLook(agus, csv('2026-01-02T08:00,OUT,GENSET,5,,'))
  const ready = await choose(agus, seen.html, { 'opening.GENSET': '5' })
  await choose(agus, ready.html, { 'opening.GENSET': '50' })
  const refused = await book(agus, ready.html)
  expect(refused.status).toBe(409)
  expect(wordsOf(await refused.text())).toContain('sudah diperiksa lagi')
  expect(await countEntries(depot.db)).toBe(0)
})

test('one file is read at a time; the second one is kept, told to wait, and goes on later', async () => {
  const wati = await promoteWati()
  const { text } = makeLedger({ seed: 3, rows: 2_000, style: 'plain' })
  const [first, second] = await Promise.all([upload(agus, text), upload(wati, GOOD)])
  const [loser, refused] = first.status === 409 ? [agus, first] : [wati, second]
  expect([first.status, second.status].sort()).toEqual([303, 409])
  const html = await refused.text()
  expect(wordsOf(html)).toMatch(/Impor lain sedang berjalan \((Agus|Wati) .*, sejak pukul 14\.05\)/)
  expect((await choose(loser, html, {})).words).toContain('baris siap dibukukan')
})

describe('a form with a file', () => {
  test('from another site, or without its token, is refused and leaves nothing behind', async () => {
    const before = await everythingIn(depot.db)
    const foreign = await upload(agus, GOOD, { headers: { Origin: 'https://evil.example' } })
    const forged = await upload(agus, GOOD, { fields: { formToken: 'x' } })
    expect([foreign.status, forged.status]).toEqual([403, 403])
    const anonymous = new FormData()
    anonymous.append('file', new File([GOOD], 'buku.csv'))
    const sent = await depot.visit().send(PREVIEWS, { method: 'POST', body: anonymous })
    expect(sent.headers.get('Location')).toStartWith('/login')
    expect(draftsIn(depot)).toEqual([])
    const { entries, audit } = await everythingIn(depot.db)
    expect({ entries, audit }).toEqual({ entries: before.entries, audit: before.audit })
  })

  test('that is larger than it may be is refused while it streams in, and leaves nothing behind', async () => {
    const page = await (await agus.get('/imports')).text()
    const { formToken = '' } = hiddenFields(page, PREVIEWS)
    const { body, sent } = endless(formToken)
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const init = { method: 'POST', body, headers, duplex: 'half' as const }
    const response = await agus.send(PREVIEWS, init)
    expect(response.status).toBe(413)
    expect(wordsOf(await response.text())).toContain('paling banyak 64 MB')
    expect(sent()).toBeLessThan(80_000_000)
    expect(draftsIn(depot)).toEqual([])
  })

  test('that is announced as larger is refused before it comes', async () => {
    const headers = { 'Content-Length': '99999999' }
    const response = await upload(agus, GOOD, { headers })
    expect([response.status, draftsIn(depot).length]).toEqual([413, 0])
  })

  test('that breaks off is refused and leaves nothing behind', async () => {
    const page = await (await agus.get('/imports')).text()
    const { formToken = '' } = hiddenFields(page, PREVIEWS)
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const body = `${beginning(formToken)}tanggal,jenis`
    const response = await agus.send(PREVIEWS, { method: 'POST', body, headers })
    expect([response.status, draftsIn(depot).length]).toEqual([400, 0])
  })
})

const beginning = (formToken: string): string =>
  [
    '--x\r\nContent-Disposition: form-data; name="formToken"',
    `\r\n\r\n${formToken}`,
    '\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"',
    '\r\nContent-Type: text/csv\r\n\r\n',
  ].join('')

function endless(formToken: string) {
  const chunk = new Uint8Array(1_000_000).fill(120)
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(beginning(formToken))),
    pull(controller) {
      sent += chunk.length
      controller.enqueue(chunk)
      if (sent >= 200_000_000) controller.close()
    },
  })
  return { body, sent: () => sent }
}
