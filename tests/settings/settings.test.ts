import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { dataOf, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

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
const FORM = {
  companyName: ' PT Pelayaran “Laut Biru” ',
  alertRecipients: 'Kepala@Depo.example\r\n\r\n gudang@depo.example \r\nkepala@depo.example',
  'signatories.prepared.name': 'Sari Wulandari',
  'signatories.prepared.position': 'Operasional',
  'signatories.checked.name': 'Wati Lestari',
  'signatories.checked.position': 'Supervisor',
  'signatories.acknowledged.name': '',
  'signatories.acknowledged.position': '',
  'signatories.approved.name': 'H. Hasan Basri',
  'signatories.approved.position': 'Kepala depo',
}

const read = async () => dataOf(await agus.get('/api/settings'), SettingsJson)
const patch = (body: unknown, headers = {}) => agus.api('PATCH', '/api/settings', body, headers)
const changes = async () =>
  (await booksOf(depot.db)).audit.filter(({ action }) => action === 'settings.change')

describe('the form on /settings', () => {
  test('saves everything, and a page says so', async () => {
    expect(await read()).toEqual(EMPTY)
    const response = await agus.submit('/settings', FORM)
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/settings?saved=1'])
    expect(await read()).toEqual({
      companyName: 'PT Pelayaran “Laut Biru”',
      alertRecipients: ['kepala@depo.example', 'gudang@depo.example'],
      signatories: {
        prepared: { name: 'Sari Wulandari', position: 'Operasional' },
        checked: { name: 'Wati Lestari', position: 'Supervisor' },
        acknowledged: NOBODY,
        approved: { name: 'H. Hasan Basri', position: 'Kepala depo' },
      },
    })
    const html = await (await agus.get('/settings?saved=1')).text()
    expect(wordsOf(html)).toContain('Pengaturan tersimpan.')
    expect(fieldValue(html, 'alertRecipients')).toBe('kepala@depo.example\ngudang@depo.example')
    expect(fieldValue(html, 'signatories.approved.position')).toBe('Kepala depo')
  })

  test('sent twice under its key saves once', async () => {
    const page = await (await agus.get('/settings')).text()
    const hidden = hiddenFields(page, '/settings')
    for (let time = 0; time < 2; time++)
      expect((await agus.post('/settings', { ...hidden, ...FORM })).status).toBe(303)
    expect(await changes()).toHaveLength(1)
    const other = { ...hidden, ...FORM, companyName: 'Lain' }
    const refused = await agus.post('/settings', other)
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(fieldValue(html, 'companyName')).toBe('Lain')
    expect(hiddenFields(html, '/settings').requestId).not.toBe(hidden.requestId)
    expect((await read()).companyName).toBe('PT Pelayaran “Laut Biru”')
  })

  const many = Array.from({ length: 21 }, (_, at) => `orang${at}@depo.example`).join('\n')
  const long = Array.from({ length: 20 }, (_, at) => `${'x'.repeat(50)}${at}@depo.example`)
  const BAD: [string, string, string, string][] = [
    [
      'a line that is no address',
      'alertRecipients',
      'baik@depo.example\n\nbukan alamat\nlagi',
      'Baris 3, “bukan alamat”',
    ],
    ['too many addresses', 'alertRecipients', many, 'Paling banyak 20 alamat.'],
    ['too long a list', 'alertRecipients', long.join('\n'), 'terlalu panjang'],
    ['a long name', 'companyName', 'x'.repeat(101), 'paling banyak 100 huruf'],
    ['a control character', 'signatories.checked.name', 'a\u0007b', 'tidak bisa disimpan'],
  ]
  test.each(BAD)(
    'refuses %s at its field and keeps what was typed',
    async (_, field, typed, sentence) => {
      const before = (await everythingIn(depot.db)).settings
      const response = await agus.submit('/settings', { ...FORM, [field]: typed })
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(isMarkedWrong(html, field)).toBe(true)
      expect(wordsOf(html)).toContain(sentence)
      expect(fieldValue(html, field)).toBe(typed)
      expect(fieldValue(html, 'signatories.approved.name')).toBe('H. Hasan Basri')
      expect((await everythingIn(depot.db)).settings).toEqual(before)
    },
  )
})

describe('PATCH /api/settings', () => {
  test('changes what is given and leaves the rest, with before and after in the audit trail', async () => {
    await agus.submit('/settings', FORM)
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
