import { csv } from '#tests/imports/bring-in.ts'
import { uploadAndLook } from '#tests/imports/uploading.ts'
import type { Depot } from '#tests/support/app.ts'
import { use } from '#tests/support/books.ts'
import type { Name } from '#tests/support/cast.ts'
import { hiddenFields } from '#tests/support/html.ts'

type TypedForm = {
  action: string
  who: Name
  /** Where it stands. */
  page: (depot: Depot) => Promise<string>
  typed: Record<string, string>
}

const always = (path: string) => async () => path

/** Every form that a person types into, half filled in. */
export const TYPED_FORMS: Record<string, TypedForm> = {
  'a usage at home': {
    action: '/stock/out',
    who: 'sari',
    page: always('/'),
    typed: { amount: '12,5', notes: 'baris satu\r\n"dua" \u2014 \ud83d\udee2', reference: '<b>7' },
  },
  'a usage on its page': {
    action: '/stock/out',
    who: 'wati',
    page: always('/stock/out?location=GENSET'),
    typed: { location: 'GENSET', amount: 'seribu', occurredAt: '2026-11-23T09:00' },
  },
  'a delivery': {
    action: '/stock/in',
    who: 'wati',
    page: always('/stock/in?location=GENSET'),
    typed: { location: 'GENSET', amount: '5.000', reference: 'DO 7', notes: 'truk' },
  },
  'an opening': {
    action: '/stock/in',
    who: 'wati',
    page: always('/stock/in?location=TUG_ASSIST&kind=opening'),
    typed: { location: 'TUG_ASSIST', amount: '700' },
  },
  'a correction': {
    action: '/stock/corrections',
    who: 'wati',
    page: async (depot) => {
      const { id } = await use(await depot.signIn('sari'), { amount: 3 })
      return `/history/${id}/correction`
    },
    typed: {
      reason: 'salah baca',
      mode: 'replace',
      'replacement.amount': '2,75',
      'replacement.notes': 'jam 9',
    },
  },
  'the name of the company': {
    action: '/settings/company',
    who: 'agus',
    page: always('/settings/company/edit'),
    typed: { companyName: 'PT Laut Biru' },
  },
  'the recipients of alerts': {
    action: '/settings/recipients',
    who: 'agus',
    page: always('/settings/recipients/edit'),
    typed: { alertRecipients: 'kepala@depo.example\r\nbukan alamat' },
  },
  'a new location': {
    action: '/locations',
    who: 'agus',
    page: always('/locations/new'),
    typed: { code: 'DERMAGA', name: 'Dermaga', capacity: '1.250,5', lowStockThreshold: 'seribu' },
  },
  'the own name': {
    action: '/account',
    who: 'sari',
    page: always('/account'),
    typed: { name: 'Sari "W" \u2014' },
  },
  'the choices for a file': {
    action: '/imports/previews',
    who: 'agus',
    page: async (depot) => {
      const rows = csv('2026-01-02T08:00,OUT,TUG_ASSIST,130.25,,')
      return (await uploadAndLook(await depot.signIn('agus'), rows)).path
    },
    typed: { 'opening.TUG_ASSIST': '140,5' },
  },
}

/** What the form would send: its hidden fields with what was typed. */
export async function fillIn(depot: Depot, { action, who, page, typed }: TypedForm) {
  const path = await page(depot)
  const client = await depot.signIn(who)
  const hidden = hiddenFields(await (await client.get(path)).text(), action)
  return { client, path, hidden, fields: { ...hidden, ...typed } }
}
