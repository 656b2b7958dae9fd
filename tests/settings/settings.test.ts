import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { settingsRoutes } from '#src/settings/routes.tsx'
import { dataOf, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, everythingIn } from '#tests/support/books.ts'
import type { Client, Headers } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'
import { countStatuses } from '#tests/support/race.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const Signatory = z.strictObject({ name: z.string(), position: z.string() })
const SettingsJson = z.strictObject({
  companyName: z.string(),
  alertRecipients: z.array(z.string()),
  signatories: z.strictObject({
    prepared: Signatory,
    checked: Signatory,
    acknowledged: Signatory,
    approved: Signatory,
  }),
})
const NOBODY = { name: '', position: '' }
const EMPTY = {
  companyName: '',
  alertRecipients: [],
  signatories: { prepared: NOBODY, checked: NOBODY, acknowledged: NOBODY, approved: NOBODY },
}
const COMPANY = { companyName: ' PT Pelayaran “Laut Biru” ' }
const RECIPIENTS = {
  alertRecipients: 'Kepala@Depo.example\r\n\r\n gudang@depo.example \r\nkepala@depo.example',
}
/** The same where it is kept beside the field. */
const RECIPIENTS_IN_LINES =
  '<b><br/>Kepala@Depo.example<br/><br/> gudang@depo.example <br/>kepala@depo.example</b>'
const SIGNATORIES = {
  'signatories.prepared.name': 'Sari Wulandari',
  'signatories.prepared.position': 'Operasional',
  'signatories.checked.name': 'Wati Lestari',
  'signatories.checked.position': 'Supervisor',
  'signatories.acknowledged.name': '',
  'signatories.acknowledged.position': '',
  'signatories.approved.name': 'H. Hasan Basri',
  'signatories.approved.position': 'Kepala depo',
}
const FORMS = { company: COMPANY, recipients: RECIPIENTS, signatories: SIGNATORIES }
type Part = keyof typeof FORMS
const PARTS: Part[] = ['company', 'recipients', 'signatories']
const BY_HTMX: Headers = { 'HX-Request': 'true' }

/** Opens the form of a part; answers how it is sent with other values. */
async function openForm(part: Part, client = agus) {
  const page = await (await client.get(`/settings/${part}/edit`)).text()
  const hidden = hiddenFields(page, `/settings/${part}`)
  return {
    hidden,
    send: (fields: Record<string, string>, headers: Headers = {}) =>
      client.post(`/settings/${part}`, { ...hidden, ...fields }, headers),
  }
}

async function saveAll(): Promise<void> {
  for (const part of PARTS)
    expect((await (await openForm(part)).send(FORMS[part])).status).toBe(303)
}

const read = async () => dataOf(await agus.get('/api/settings'), SettingsJson)
const patch = (body: unknown, headers = {}) => agus.api('PATCH', '/api/settings', body, headers)
const changes = async () =>
  (await booksOf(depot.db)).audit.filter(({ action }) => action === 'settings.change')

describe('the panels on /settings', () => {
  test('are only read, each with the way to its form', async () => {
    await saveAll()
    const html = await (await agus.get('/settings')).text()
    expect(html).not.toContain('<textarea')
    const words = wordsOf(html)
    expect(words).toContain('Nama perusahaan PT Pelayaran “Laut Biru”')
    expect(words).toContain('Diperiksa Wati Lestari, Supervisor')
    expect(words).toContain('Mengetahui belum diisi')
    expect(words).toContain('Stok menipis kepala@depo.example gudang@depo.example')
    for (const part of PARTS) expect(html).toContain(`href="/settings/${part}/edit"`)
  })

  test('turn into a form in their place and back, and the form is a page of its own', async () => {
    await saveAll()
    const form = await (await agus.fragment('/settings/recipients/edit')).text()
    expect(form).toStartWith('<section class="panel record"')
    const page = await (await agus.get('/settings/recipients/edit')).text()
    expect(page).toContain('<html')
    for (const html of [form, page])
      expect(fieldValue(html, 'alertRecipients')).toBe('kepala@depo.example\ngudang@depo.example')
    const back = await (await agus.fragment('/settings/recipients')).text()
    expect(back).toStartWith('<section class="panel record"')
    expect(back).not.toContain('<textarea')
    const whole = await agus.get('/settings/recipients')
    expect([whole.status, whole.headers.get('Location')]).toEqual([
      303,
      '/settings#settings-recipients',
    ])
  })

  test('save all of their part and nothing else, and say so', async () => {
    expect(await read()).toEqual(EMPTY)
    const response = await (await openForm('signatories')).send(SIGNATORIES)
    const address = response.headers.get('Location') ?? ''
    expect([response.status, address]).toEqual([
      303,
      '/settings?saved=signatories#settings-signatories',
    ])
    expect(await read()).toEqual({
      ...EMPTY,
      signatories: {
        prepared: { name: 'Sari Wulandari', position: 'Operasional' },
        checked: { name: 'Wati Lestari', position: 'Supervisor' },
        acknowledged: NOBODY,
        approved: { name: 'H. Hasan Basri', position: 'Kepala depo' },
      },
    })
    const words = wordsOf(await (await agus.get(address)).text())
    expect(words).toContain('Tersimpan: penanda tangan.')
    await (await openForm('company')).send(COMPANY)
    await (await openForm('recipients')).send(RECIPIENTS)
    expect(await read()).toMatchObject({
      companyName: 'PT Pelayaran “Laut Biru”',
      alertRecipients: ['kepala@depo.example', 'gudang@depo.example'],
    })
  })

  test('by htmx answer the panel and the status line', async () => {
    const html = await (await (await openForm('company')).send(COMPANY, BY_HTMX)).text()
    expect(html).toStartWith('<section class="panel record panel-new" id="settings-company"')
    expect(html).toContain('<div hx-swap-oob="innerHTML:#status"><strong>Tersimpan:</strong>')
  })

  test('sent twice under their key save once, and the key saves nothing else', async () => {
    const { hidden, send } = await openForm('company')
    for (let time = 0; time < 2; time++) expect((await send(COMPANY)).status).toBe(303)
    expect(await changes()).toHaveLength(1)
    const refused = await send({ companyName: 'Lain' })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(fieldValue(html, 'companyName')).toBe('PT Pelayaran “Laut Biru”')
    expect(wordsOf(html)).toContain('Isian Anda: Lain')
    const fresh = hiddenFields(html, '/settings/company')
    expect(fresh.requestId).not.toBe(hidden.requestId)
    const again = { ...fresh, companyName: 'Lain' }
    expect((await agus.post('/settings/company', again)).status).toBe(303)
    expect((await read()).companyName).toBe('Lain')
  })

  test('changed meanwhile by somebody else show both; another part is no hindrance', async () => {
    const { send } = await openForm('recipients')
    await patch({ companyName: 'PT Lain', alertRecipients: ['baru@depo.example'] })
    const company = await openForm('company')
    await patch({ signatories: { approved: { name: 'Nur', position: 'Direktur' } } })
    expect((await company.send(COMPANY)).status).toBe(303)
    for (const headers of [{}, BY_HTMX]) {
      const refused = await send(RECIPIENTS, headers)
      const html = await refused.text()
      expect(refused.status).toBe(headers === BY_HTMX ? 422 : 409)
      expect(wordsOf(html)).toContain('Data sudah berubah')
      expect(fieldValue(html, 'alertRecipients')).toBe('baru@depo.example')
      expect(wordsOf(html)).toContain('Isian Anda: Kepala@Depo.example')
      expect(html).toContain(RECIPIENTS_IN_LINES)
    }
    expect((await read()).alertRecipients).toEqual(['baru@depo.example'])
  })

  test('changed meanwhile keep each line that was typed, however often they come back', async () => {
    const { send } = await openForm('recipients')
    await patch({ alertRecipients: ['baru@depo.example', 'lain@depo.example'] })
    const conflict = await (await send(RECIPIENTS)).text()
    const hidden = hiddenFields(conflict, '/settings/recipients')
    // As a browser sends them.
    const sent = Object.entries(hidden).map(([name, value]) => [
      name,
      value.replaceAll('\n', '\r\n'),
    ])
    const typed = { ...Object.fromEntries(sent), alertRecipients: 'bukan alamat' }
    const refused = await agus.post('/settings/recipients', typed)
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain(RECIPIENTS_IN_LINES)
    expect(hiddenFields(html, '/settings/recipients')).toEqual(hidden)
  })

  test('of one part saved by two at once are saved by one of them', async () => {
    const second = await depot.signIn('agus')
    const forms = [await openForm('company'), await openForm('company', second)]
    const answers = await Promise.all(
      forms.map(({ send }, at) => send({ companyName: `PT ${at}` })),
    )
    expect(countStatuses(answers)).toEqual({ 303: 1, 409: 1 })
    expect(await changes()).toHaveLength(1)
  })

  test('can show their form again without writing', async () => {
    const route = settingsRoutes.find(({ method }) => method === 'POST')
    const before = await everythingIn(depot.db)
    const app = depot.reconfigured({})
    const why = { status: 403, sentence: 'Halaman ini sudah lama terbuka.' } as const
    app.post('/refill/:part', (c) => route?.refill?.(c, why) ?? c.text('none', 500))
    const cookie = [...agus.jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const response = await app.request('/refill/company', {
      method: 'POST',
      body: new URLSearchParams({ companyName: 'Yang diketik', formToken: 'lama', version: 'x' }),
      headers: { Cookie: cookie },
    })
    const html = await response.text()
    expect(response.status).toBe(403)
    expect(wordsOf(html)).toContain(why.sentence)
    expect(fieldValue(html, 'companyName')).toBe('Yang diketik')
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('are those three and no others', async () => {
    for (const path of ['/settings/lain', '/settings/lain/edit'])
      expect((await agus.get(path)).status).toBe(404)
    const { hidden } = await openForm('company')
    expect((await agus.post('/settings/lain', hidden)).status).toBe(404)
  })

  const many = Array.from({ length: 21 }, (_, at) => `orang${at}@depo.example`).join('\n')
  const long = Array.from({ length: 20 }, (_, at) => `${'x'.repeat(50)}${at}@depo.example`)
  const BAD: [string, Part, string, string, string][] = [
    [
      'a line that is no address',
      'recipients',
      'alertRecipients',
      'baik@depo.example\n\nbukan alamat\nlagi',
      'Baris 3, “bukan alamat”',
    ],
    ['too many addresses', 'recipients', 'alertRecipients', many, 'Paling banyak 20 email.'],
    ['too long a list', 'recipients', 'alertRecipients', long.join('\n'), 'terlalu panjang'],
    ['a long name', 'company', 'companyName', 'x'.repeat(101), 'paling banyak 100 huruf'],
    [
      'a control character',
      'signatories',
      'signatories.checked.name',
      'a\u0007b',
      'tidak bisa disimpan',
    ],
  ]
  test.each(BAD)(
    'refuse %s at its field and keep what was typed',
    async (_, part, field, typed, sentence) => {
      const before = (await everythingIn(depot.db)).settings
      const { send } = await openForm(part)
      for (const headers of [{}, BY_HTMX]) {
        const response = await send({ ...FORMS[part], [field]: typed }, headers)
        const html = await response.text()
        expect(response.status).toBe(422)
        expect(isMarkedWrong(html, field)).toBe(true)
        expect(wordsOf(html)).toContain(sentence)
        expect(fieldValue(html, field)).toBe(typed)
        if (part === 'signatories')
          expect(fieldValue(html, 'signatories.approved.name')).toBe('H. Hasan Basri')
      }
      expect((await everythingIn(depot.db)).settings).toEqual(before)
    },
  )
})

describe('PATCH /api/settings', () => {
  test('changes what is given and leaves the rest, with before and after in the audit trail', async () => {
    await saveAll()
    const before = await read()
    const approved = { name: 'Nur', position: 'Direktur' }
    const response = await patch({ signatories: { approved } })
    const after = await dataOf(response, SettingsJson)
    expect(after).toEqual({ ...before, signatories: { ...before.signatories, approved } })
    expect(await read()).toEqual(after)
    const change = (await changes()).at(-1)
    expect(change).toMatchObject({ chain: 'administration', userId: depot.ids.agus })
    expect([change?.before, change?.after].map((state) => JSON.parse(state ?? ''))).toEqual([
      before,
      after,
    ])
  })

  test('that changes nothing leaves no trace', async () => {
    expect((await patch({})).status).toBe(200)
    expect((await patch({ companyName: '' })).status).toBe(200)
    expect(await changes()).toEqual([])
  })

  test('many at once lose nothing of each other', async () => {
    const names = ['prepared', 'checked', 'acknowledged', 'approved'] as const
    const answers = await Promise.all(
      names.map((name) => patch({ signatories: { [name]: { name, position: 'x' } } })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { signatories } = await read()
    for (const name of names) expect(signatories[name]).toEqual({ name, position: 'x' })
    expect(await changes()).toHaveLength(4)
  })

  test.each([
    [{ salah: 1 }, 'salah'],
    [{ companyName: null }, 'companyName'],
    [{ alertRecipients: 'a@depo.example' }, 'alertRecipients'],
    [{ alertRecipients: ['a@depo.example', 'b'] }, 'alertRecipients'],
    [{ signatories: { approved: { name: 'Nur' } } }, 'signatories.approved.position'],
    [{ signatories: { lain: NOBODY } }, 'signatories.lain'],
  ])('refuses %p', async (body, field) => {
    const response = await patch(body)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    expect(await read()).toEqual(EMPTY)
  })
})
