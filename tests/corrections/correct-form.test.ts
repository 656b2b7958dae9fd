import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { openCorrectable } from '#tests/corrections/setting.ts'
import type { Depot } from '#tests/support/app.ts'
import { balanceOf, booksOf, correct, countEntries, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

const ACTION = '/stock/corrections'
const HX = { 'HX-Request': 'true' }
const RIGHT = {
  reason: 'angka meter terbalik',
  mode: 'replace',
  'replacement.amount': '278,50',
  'replacement.occurredAt': '',
  'replacement.notes': 'beban 65%',
  'replacement.reference': 'BA 7',
  'replacement.consumer': '',
}

let depot: Depot
let wati: Client
let sari: Client
let usageId: number
beforeEach(async () => {
  await depot?.close()
  ;({ depot, wati, sari, usageId } = await openCorrectable({
    amount: '1287.50',
    notes: 'baris\nbaris',
    reference: 'BA 7',
  }))
})
afterAll(() => depot.close())

const page = (id = usageId, query = '') => `/history/${id}/correction${query}`

/** What the form of an entry's correction hides: its token, its key and what it is about. */
const hidden = async (client: Client, path = page()) =>
  hiddenFields(await (await client.get(path)).text(), ACTION)

describe('GET /history/:id/correction', () => {
  test('as a page begins with what the entry says', async () => {
    const response = await wati.get(page())
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(wordsOf(html)).toContain('Perbaiki pemakaian 1.287,50 liter')
    expect(fieldValue(html, 'replacement.amount')).toBe('1.287,50')
    expect(fieldValue(html, 'replacement.notes')).toBe('baris\nbaris')
    expect(fieldValue(html, 'replacement.reference')).toBe('BA 7')
    expect(fieldValue(html, 'replacement.occurredAt')).toBe('2026-11-23T14:05')
    expect(fieldValue(html, 'reason')).toBe('')
    expect(html).toMatch(/value="replace" checked=""/)
  })

  test('as a fragment is a row to stand below its own', async () => {
    const html = await (await wati.fragment(page(usageId, '?filter=type%3DOUT'))).text()
    expect(html).toStartWith(`<tr class="drawer" id="correction-${usageId}">`)
    const fields = hiddenFields(html, ACTION)
    expect(fields).toMatchObject({ from: 'history', filter: 'type=OUT', entryId: String(usageId) })
    expect(html).toContain(`href="/history?type=OUT#entry-${usageId}"`)
  })

  test('is there for those alone who may correct the entry', async () => {
    const { id } = await deliver(wati, { location: 'GENSET', amount: 1 })
    expect((await sari.get(page(id))).status).toBe(403)
    const budi = await depot.signIn('budi')
    expect((await budi.get(page(id))).status).toBe(404)
    expect((await wati.get(page(999_999))).status).toBe(404)
    expect((await depot.visit().get(page())).headers.get('Location')).toStartWith('/login?next=')
    depot.pass({ hours: 24, seconds: 1 })
    expect((await (await depot.signIn('sari')).get(page())).status).toBe(403)
  })

  test('of what is settled says by whom, and leads to what can be corrected', async () => {
    const { reversal, replacement } = await correct(wati, {
      entryId: usageId,
      reason: 'salah baca meter',
      replacement: { amount: 5 },
    })
    for (const open of [wati.get, wati.fragment]) {
      const reversed = await (await open(page())).text()
      expect(wordsOf(reversed)).toContain(
        'sudah diperbaiki pada 23/11/2026 14.05 oleh Wati Lestari',
      )
      expect(wordsOf(reversed)).toContain('Alasan: “salah baca meter”.')
      for (const other of [reversal.id, replacement?.id])
        expect(reversed).toContain(`href="/history/${other}"`)
      expect(reversed).not.toContain(`action="${ACTION}"`)
    }
    const ofReversal = await (await wati.get(page(reversal.id))).text()
    expect(wordsOf(ofReversal)).toContain('Perbaikan tidak bisa diperbaiki.')
    expect(ofReversal).toContain(`href="/history/${replacement?.id}"`)
  })
})

describe('POST /stock/corrections', () => {
  test('from a plain form leads back to the history under its filter, which says what was done', async () => {
    const fields = await hidden(wati, page(usageId, '?filter=type%3DOUT%26page%3D1'))
    const response = await wati.post(ACTION, { ...fields, ...RIGHT })
    expect(response.status).toBe(303)
    const target = response.headers.get('Location') ?? ''
    const [entry] = (await booksOf(depot.db)).entries.filter(({ reversesId }) => reversesId)
    expect(target).toBe(`/history?type=OUT&page=1&reversal=${entry?.id}#entry-${usageId}`)
    const html = await (await wati.get(target)).text()
    expect(wordsOf(html)).toContain(
      'Perbaikan tercatat pukul 14.05: pemakaian 1.287,50 liter menjadi 278,50 liter. Sisa sekarang 4.721,50 liter.',
    )
    expect(html.match(/class="new"/g)).toHaveLength(1)
    expect(html).toContain(`id="entry-${usageId}" class="reversed"`)
    depot.pass({ hours: 2 })
    const later = await (await (await depot.signIn('wati')).get(target)).text()
    expect(wordsOf(later)).not.toContain('Perbaikan tercatat')
    const budi = await depot.signIn('budi')
    expect(wordsOf(await (await budi.get(`/history?reversal=${entry?.id}`)).text())).not.toContain(
      'Perbaikan tercatat',
    )
  })

  test('from the history by htmx answers the history again, with what is new marked', async () => {
    const drawer = await (await wati.fragment(page(usageId, '?filter=sort%3Ddate'))).text()
    const fields = { ...hiddenFields(drawer, ACTION), ...RIGHT }
    const response = await wati.post(ACTION, fields, HX)
    const html = await response.text()
    expect([response.status, response.headers.get('HX-Retarget')]).toEqual([200, '#history'])
    expect(html).toStartWith('<div class="history" id="history"')
    expect(html.match(/<tr id="entry-\d+" class="new/g)).toHaveLength(2)
    expect(html).toContain('aria-sort="ascending"')
    expect(html).toContain('hx-swap-oob="innerHTML:#status"')
    expect(wordsOf(html)).toContain('Pemakaian −278,50')
  })

  test('from the page by htmx goes on to the history', async () => {
    const response = await wati.post(ACTION, { ...(await hidden(wati)), ...RIGHT }, HX)
    expect(response.status).toBe(200)
    expect(response.headers.get('HX-Redirect')).toMatch(/^\/history\?reversal=\d+#entry-\d+$/)
  })

  test('that only takes away heeds nothing of the replacement', async () => {
    const fields = { ...(await hidden(sari)), ...RIGHT, mode: 'reverse', 'replacement.amount': 'x' }
    const target = (await sari.post(ACTION, fields)).headers.get('Location') ?? ''
    expect(wordsOf(await (await sari.get(target)).text())).toContain(
      'pemakaian 1.287,50 liter dibatalkan. Sisa sekarang 5.000,00 liter.',
    )
  })

  test('keeps and takes away texts as the fields say', async () => {
    const fields = { ...(await hidden(wati)), ...RIGHT, 'replacement.reference': '' }
    await wati.post(ACTION, { ...fields, 'replacement.notes': 'satu\r\ndua' })
    const replacement = (await booksOf(depot.db)).entries.find(({ replacesId }) => replacesId)
    expect(replacement).toMatchObject({ notes: 'satu\ndua', reference: null, litres: 27_850n })
  })

  const WRONG = {
    reason: 'abc',
    'replacement.amount': '1,250',
    'replacement.occurredAt': 'kemarin <b>',
    'replacement.notes': 'a'.repeat(501),
    'replacement.reference': 'b'.repeat(101),
  }

  test.each([['page', {}] as const, ['fragment', HX] as const])(
    'refused as a %s keeps all that was typed, with a sentence at each field',
    async (_, headers) => {
      const books = await booksOf(depot.db)
      const fields = await hidden(wati)
      const response = await wati.post(ACTION, { ...fields, ...RIGHT, ...WRONG }, headers)
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(wordsOf(html)).toContain('Belum diperbaiki. Lima isian perlu diperbaiki:')
      for (const [name, value] of Object.entries(WRONG)) {
        expect(fieldValue(html, name)).toBe(value)
        expect(isMarkedWrong(html, name)).toBe(true)
        expect(html).toContain(`<a href="#${name.replace('.', '-')}">`)
      }
      expect(hiddenFields(html, ACTION)).toEqual(fields)
      expect(html).toContain('<details class="more" open="">')
      expect(await booksOf(depot.db)).toEqual(books)
    },
  )

  test('refused for the stock says which moment breaks', async () => {
    const fields = { ...(await hidden(wati)), ...RIGHT, 'replacement.amount': '5.120' }
    const response = await wati.post(ACTION, fields)
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(isMarkedWrong(html, 'replacement.amount')).toBe(true)
    expect(wordsOf(html)).toContain('Pada 23/11/2026 14.05 stok menjadi −120,00 liter.')
  })

  test('of a clerk who came too late, or names what is not theirs, is refused before its content', async () => {
    const fields = await hidden(sari)
    const { id } = await deliver(wati, { location: 'GENSET', amount: 1 })
    expect((await sari.post(ACTION, { ...fields, entryId: String(id) })).status).toBe(403)
    const budi = await depot.signIn('budi')
    const { formToken = '' } = hiddenFields(await (await budi.get('/')).text(), '/stock/out')
    expect((await budi.post(ACTION, { formToken, entryId: String(id) })).status).toBe(404)
    expect((await budi.post(ACTION, { formToken, entryId: 'x' })).status).toBe(422)
    depot.pass({ hours: 24, seconds: 1 })
    sari = await depot.signIn('sari')
    const { formToken: fresh = '' } = hiddenFields(await (await sari.get('/')).text(), '/stock/out')
    const late = await sari.post(ACTION, { ...fields, ...RIGHT, formToken: fresh })
    expect(late.status).toBe(403)
    expect(await countEntries(depot.db)).toBe(3)
  })

  test('sent twice is booked once, and says so', async () => {
    const fields = { ...(await hidden(wati)), ...RIGHT }
    const answers = await Promise.all([wati.post(ACTION, fields), wati.post(ACTION, fields)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const again = await wati.post(ACTION, fields)
    expect(again.headers.get('Location')).toContain('&again=1#entry-')
    const html = await (await wati.get(again.headers.get('Location') ?? '')).text()
    expect(wordsOf(html)).toContain('menjadi 278,50 liter, dibukukan sekali saja.')
    expect(await countEntries(depot.db)).toBe(4)
  })

  test('after somebody else was quicker says so, with links, as page and as fragment', async () => {
    const fields = { ...(await hidden(sari)), ...RIGHT }
    const { reversal } = await correct(wati, { entryId: usageId })
    const books = await booksOf(depot.db)
    for (const [headers, status] of [[{}, 409] as const, [HX, 422] as const]) {
      const response = await sari.post(ACTION, fields, headers)
      const html = await response.text()
      expect(response.status).toBe(status)
      expect(wordsOf(html)).toContain('Belum diperbaiki: catatan ini sudah diperbaiki')
      expect(html).toContain(`href="/history/${reversal.id}"`)
    }
    expect(await booksOf(depot.db)).toEqual(books)
  })

  test('that takes usage back into a full tank is asked about, and booked once that is meant', async () => {
    const full = { capacityLitres: 400_000n }
    await depot.db.update(locations).set(full).where(eq(locations.code, 'GENSET'))
    const fields = { ...(await hidden(wati)), reason: 'tidak jadi dipakai', mode: 'reverse' }
    const asked = await wati.post(ACTION, fields)
    expect(asked.status).toBe(422)
    const html = await asked.text()
    expect(wordsOf(html)).toContain(
      'Stok menjadi 5.000,00 liter, melebihi kapasitas 4.000,00 liter. Tetap batalkan?',
    )
    expect(html).not.toContain('Ubah angka')
    expect(await countEntries(depot.db)).toBe(2)
    const [, meant = ''] = /name="confirmUnusual" value="([^"]+)"/.exec(html) ?? []
    const confirmed = { ...fields, ...hiddenFields(html, ACTION), confirmUnusual: meant }
    expect((await wati.post(ACTION, confirmed)).status).toBe(303)
    expect(await countEntries(depot.db)).toBe(3)
  })

  test('with a key that was used for something else gets a fresh one', async () => {
    const used = { ...(await hidden(wati)), ...RIGHT }
    await wati.post(ACTION, used)
    const other = await use(sari, { amount: 5 })
    const sent = { ...used, entryId: String(other.id), 'replacement.amount': '6' }
    const refused = await wati.post(ACTION, sent)
    expect(refused.status).toBe(409)
    expect((await wati.post(ACTION, sent, HX)).status).toBe(422)
    const html = await refused.text()
    expect(wordsOf(html)).toContain('kirim sekali lagi')
    const fresh = { ...sent, ...hiddenFields(html, ACTION) }
    expect((await wati.post(ACTION, fresh)).status).toBe(303)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(471_550n)
  })
})
