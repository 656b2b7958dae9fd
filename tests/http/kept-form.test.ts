import { describe, expect, test } from 'bun:test'
import { untilBack, useDepotBehindProxy } from '#tests/support/behind-proxy.ts'
import { balanceOf, countEntries } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { ORIGIN } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, wordsOf } from '#tests/support/html.ts'

const { depot, proxy, visit, signIn, openForm } = useDepotBehindProxy()

const TYPED = {
  location: 'GENSET',
  amount: '12,5',
  occurredAt: '2026-11-23T14:05',
  reference: 'SJ "77" <b>',
  notes: "baris satu\r\nbaris dua </dd><script>alert('x')</script>",
}

describe('a form sent without JavaScript while the database is away', () => {
  test('comes back with everything that was typed, as text and to be sent again', async () => {
    const { client, hidden } = await openForm('wati', '/stock/out')
    const response = await client.post('/stock/out', { ...hidden, ...TYPED })
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const html = await response.text()
    expect(html).toStartWith('<!doctype html>')
    const words = wordsOf(html)
    expect(words).toContain('Catat pemakaian Lokasi GENSET Jumlah (L) 12,5 Waktu 23/11/2026 14.05')
    expect(words).toContain('No. surat SJ "77" <b>')
    expect(words).toContain("Keterangan baris satu baris dua </dd><script>alert('x')</script>")
    expect(words).toContain('Tidak akan tercatat dua kali.')
    expect(hiddenFields(html, '/stock/out')).toEqual({ ...hidden, ...TYPED })
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<b>/)
    expect(html).toMatch(/<button[^>]*>Kirim lagi</)
  })

  test('is booked exactly once when it is sent again, however often, after the return', async () => {
    const { client, hidden } = await openForm('wati', '/stock/out')
    const lost = await client.post('/stock/out', { ...hidden, ...TYPED })
    const kept = hiddenFields(await lost.text(), '/stock/out')
    const lostAgain = await client.post('/stock/out', kept)
    expect(hiddenFields(await lostAgain.text(), '/stock/out')).toEqual(kept)
    await proxy().mend()
    const booked = await untilBack(() => client.post('/stock/out', kept))
    expect(booked.status).toBe(303)
    expect((await client.post('/stock/out', kept)).status).toBe(303)
    expect(await countEntries(depot().db)).toBe(2)
    expect(await balanceOf(depot().db, 'GENSET')).toBe(98_750n)
  })

  test.each(['/stock/in', '/stock/out'])(
    'shows each field that the form at %s asks for',
    async (path) => {
      const client = await signIn('wati')
      const page = await (await client.get(path)).text()
      const asked = [
        ...page.matchAll(/<(?:input|select|textarea) class="input"[^>]* name="([^"]+)"/g),
      ]
      const fields = Object.fromEntries(asked.map(([, name = '']) => [name, `isi-${name}`]))
      expect(Object.keys(fields)).toContain('amount')
      await proxy().cut()
      const words = wordsOf(await (await client.post(path, fields)).text())
      for (const value of Object.values(fields)) expect(words).toContain(value)
    },
  )

  test('keeps its address with its query, and where a booking leads', async () => {
    const { client, hidden } = await openForm('sari', '/stock/out')
    const fields = { ...hidden, ...TYPED, from: 'home' }
    const html = await (await client.post('/stock/out?a=1&b="', fields)).text()
    expect(hiddenFields(html, '/stock/out?a=1&amp;b=%22')).toEqual(fields)
  })

  test('says when the database is away only while the form is sent, too', async () => {
    const client = await signIn('wati')
    const hidden = hiddenFields(await (await client.get('/stock/in')).text(), '/stock/in')
    proxy().onCommit('drop-before', 50)
    const response = await client.post('/stock/in', { ...hidden, ...TYPED })
    proxy().onCommit(null)
    expect(response.status).toBe(503)
    const kept = hiddenFields(await response.text(), '/stock/in')
    expect(await countEntries(depot().db)).toBe(1)
    expect((await untilBack(() => client.post('/stock/in', kept))).status).toBe(303)
    expect(await countEntries(depot().db)).toBe(2)
  })

  test('is shown to nobody whose request came from another site', async () => {
    const { client, hidden } = await openForm('wati', '/stock/out')
    const fields = { ...hidden, ...TYPED }
    const foreign = await client.post('/stock/out', fields, { Origin: 'https://jahat.example' })
    expect(foreign.status).toBe(503)
    expect(await foreign.text()).not.toMatch(/SJ|baris|Kirim lagi/)
    const ours = await client.post('/stock/out', fields, { Origin: ORIGIN })
    expect(await ours.text()).toContain('Kirim lagi')
  })

  test('never shows a password, and leads back to the form', async () => {
    const { client, hidden } = await openForm('wati', '/stock/out')
    const fields = { ...hidden, name: 'Rina', email: 'rina@depo.example', password: 'rahasia-1' }
    const html = await (await client.post('/users', fields)).text()
    expect(wordsOf(html)).toContain('Nama Rina Email rina@depo.example')
    expect(html).not.toMatch(/rahasia-1|Kirim lagi/)
    expect(html).toContain('href="/users">Kembali ke formulir')
  })

  test.each([
    ['a file in it', () => withFile()],
    ['more fields than any form of ours', () => withFields(101)],
    ['no field', () => new FormData()],
  ])('is left out where it has %s', async (_, body) => {
    const { client } = await openForm('wati', '/stock/out')
    const response = await client.send('/stock/out', { method: 'POST', body: body() })
    expect(response.status).toBe(503)
    const html = await response.text()
    expect(html).not.toMatch(/Kirim lagi|nilai-/)
    expect(html).toContain('Ke beranda')
  })

  test.each(['text/plain', 'application/json', 'multipart/form-data'])(
    'is left out where its body is %s that is no form',
    async (type) => {
      const { client } = await openForm('wati', '/stock/out')
      const response = await client.post('/stock/out', TYPED, { 'Content-Type': type })
      expect(response.status).toBe(503)
      expect(await response.text()).not.toMatch(/Kirim lagi|baris/)
    },
  )

  test('leaves the sentence to the script where there is one', async () => {
    const { client, hidden } = await openForm('wati', '/stock/out')
    const response = await client.post(
      '/stock/out',
      { ...hidden, ...TYPED },
      { 'HX-Request': 'true' },
    )
    expect(response.status).toBe(503)
    expect(await response.text()).toBe(
      'Basis data sedang tidak terjangkau atau sibuk. Tidak ada yang hilang; coba lagi sebentar.',
    )
  })
})

function withFile(): FormData {
  const form = withFields(3)
  form.append('file', new File(['nilai-'], 'buku.csv'))
  return form
}

function withFields(count: number): FormData {
  const form = new FormData()
  for (let at = 0; at < count; at += 1) form.append(`isian${at}`, `nilai-${at}`)
  return form
}

test('a form that met a fault of ours comes back just so, and is booked once when it is mended', async () => {
  const client = await signIn('wati')
  const hidden = hiddenFields(await (await client.get('/stock/out')).text(), '/stock/out')
  const root = depot().root.pool.promise()
  await root.query('rename table transactions to hidden_transactions')
  const response = await client.post('/stock/out', { ...hidden, ...TYPED })
  await root.query('rename table hidden_transactions to transactions')
  expect([response.status, response.headers.get('Retry-After')]).toEqual([500, null])
  const html = await response.text()
  expect(wordsOf(html)).toContain('Permintaan ini tidak selesai. Isiannya masih ada di bawah ini')
  expect(html).toContain(response.headers.get('X-Request-Id') ?? 'missing')
  const kept = hiddenFields(html, '/stock/out')
  expect(kept).toEqual({ ...hidden, ...TYPED })
  expect((await client.post('/stock/out', kept)).status).toBe(303)
  expect(await countEntries(depot().db)).toBe(2)
})

describe('the sign-in while the database is away', () => {
  test('keeps the e-mail and not the password, and works from that very page later', async () => {
    const visitor = visit()
    const hidden = hiddenFields(await (await visitor.get('/login?next=/history')).text(), '/login')
    await proxy().cut()
    const carried = JSON.stringify({ action: '/stock/out', fields: [['amount', '12,5']] })
    const fields = { ...hidden, carried, email: CAST.sari.email, password: PASSWORD }
    const response = await visitor.post('/login', fields)
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    const html = await response.text()
    expect(html).not.toContain(PASSWORD)
    expect(hiddenFields(html, '/login').carried).toBe(carried)
    expect(fieldValue(html, 'email')).toBe(CAST.sari.email)
    expect(wordsOf(html)).toContain(
      'Email Anda masih ada: tunggu sebentar, isi kata sandi, lalu masuk lagi.',
    )
    await proxy().mend()
    const { carried: _, ...kept } = hiddenFields(html, '/login')
    const again = { ...kept, email: CAST.sari.email, password: PASSWORD }
    const signedIn = await untilBack(() => visitor.post('/login', again))
    expect([signedIn.status, signedIn.headers.get('Location')]).toEqual([303, '/history'])
  })

  test('keeps it, too, for somebody whose session the app cannot look up', async () => {
    const { client } = await openForm('sari', '/stock/out')
    const fields = { formToken: 'x', next: '/', email: CAST.sari.email, password: PASSWORD }
    const html = await (await client.post('/login', fields)).text()
    expect(fieldValue(html, 'email')).toBe(CAST.sari.email)
    expect(html).not.toContain(PASSWORD)
  })
})
