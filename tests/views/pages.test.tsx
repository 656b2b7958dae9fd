import { describe, expect, test } from 'bun:test'
import { gzipSync } from 'node:zlib'
import {
  sampleEntry,
  sampleForm,
  sampleLocation,
  samplePerson,
  samplePersonForm,
  TODAY,
} from '#tests/views/samples.ts'
import { LoginPage } from '#views/auth/login.tsx'
import { ClerkPage } from '#views/dashboard/clerk-page.tsx'
import { OverviewPage } from '#views/dashboard/overview-page.tsx'
import { MessagePage } from '#views/errors/message.tsx'
import { HistoryPage, type HistoryPageProps } from '#views/history/history-page.tsx'
import { document, type LayoutProps } from '#views/layout.tsx'
import { BookedStatus } from '#views/stock/booked-status.tsx'
import { StockPage } from '#views/stock/stock-page.tsx'
import { UserEditPage } from '#views/users/user-edit-row.tsx'
import { UsersPage, type UsersPageProps } from '#views/users/users-page.tsx'

const NOTES = '<script>alert("x")</script> & \'kutip\''
const ENTRIES = Array.from({ length: 20 }, (_, at) =>
  sampleEntry({ id: 1000 + at, notes: NOTES, reference: `DO ${84_120_000 + at * 977}` }),
)

const PEOPLE: UsersPageProps = {
  users: [samplePerson(), samplePerson({ id: 8, active: false, lastSignIn: null, location: null })],
  filter: { search: NOTES, active: 'yes', sort: '-lastSignIn' },
  errors: { search: 'Paling banyak 100 huruf.' },
  counts: { all: 9, active: 8 },
  chosen: 102,
  page: 2,
  limit: 50,
  today: TODAY,
  savedId: 8,
}

const PAGES: Record<string, LayoutProps['children']> = {
  'sign-in': <LoginPage formToken="token" next="/" email="siapa@depo.id" error="Tidak cocok." />,
  clerk: (
    <ClerkPage
      personName="Rahmat Hidayat"
      clock={{ now: `${TODAY}T14:12`, zoneLabel: 'WITA' }}
      location={sampleLocation({ isLow: true })}
      form={sampleForm({ errors: { amount: 'Isi jumlah liter.' } })}
      entries={ENTRIES.slice(0, 5)}
      correctable={new Set([1000])}
    />
  ),
  overview: (
    <OverviewPage
      now="2026-11-23T14:12"
      zoneLabel="WITA"
      locations={[sampleLocation(), sampleLocation({ code: 'TUG_ASSIST', hasEntries: false })]}
      entries={ENTRIES}
      correctable={new Set()}
    />
  ),
  stock: (
    <StockPage
      form={sampleForm({ isCompact: false, hasFixedLocation: false })}
      kind="usage"
      location={sampleLocation()}
      today={TODAY}
      canRecordOpening
    />
  ),
  history: <HistoryPage {...historyOf()} />,
  people: <UsersPage {...PEOPLE} />,
  'a person as a form': <UserEditPage {...samplePersonForm()} />,
  message: <MessagePage status={503} requestId="7F3A" retryAfter={10} />,
}

describe.each(Object.entries(PAGES))('the page %s', (name, children) => {
  const html = pageOf(children, { isGate: name === 'sign-in' })

  test('is a document in Indonesian whose ids are unique', () => {
    expect(html).toStartWith('<!doctype html><html lang="id">')
    const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  test('holds nothing that a strict content security policy refuses', () => {
    expect(html).not.toMatch(/ style="| on[a-z]+="|hx-on|<style|javascript:/)
    expect(html.match(/<script\b[^>]*>[^<]*/g)).toEqual(['<script src="/build/app-1.js" defer="">'])
  })

  test('names every control', () => {
    for (const [, id] of html.matchAll(/<(?:input|select|textarea) class="input" id="([^"]+)"/g)) {
      expect(html).toMatch(new RegExp(`<label (?:class="label" )?for="${id}">`))
    }
  })

  test('says nowhere that something is undefined', () => {
    expect(html).not.toMatch(/undefined|\bnull\b|\[object|NaN/)
  })
})

test('a page of 20 rows stays under 20 kB gzip', () => {
  expect(gzipSync(pageOf(PAGES.history)).byteLength).toBeLessThan(20_000)
})

test('a row as a form ties each control to its form and to what is said of it', () => {
  const html = String(<UserEditPage {...samplePersonForm()} />)
  const controls = html.match(/<(?:input|select)[^>]* form="user-7-form"[^>]*>/g) ?? []
  const hidden = controls.filter((control) => control.includes('type="hidden"'))
  expect(controls).toHaveLength(5 + hidden.length)
  // What is kept beside the name, and what the name showed then.
  expect(hidden).toHaveLength(2)
  expect(html).toContain('aria-describedby="user-7-email-error"')
  expect(html).toContain('aria-describedby="user-7-name-kept"')
  expect(html).toContain('<p class="kept" id="user-7-name-kept" data-field="user-7-name"')
})

test('the permanent status line is empty until something was booked', () => {
  expect(pageOf(PAGES.clerk)).toContain(
    '<p class="status" id="status" role="status" tabindex="-1"></p>',
  )
  const status = (
    <BookedStatus
      kind="usage"
      litres={35_000n}
      balance={1_846_050n}
      clock="2026-11-23T14:05"
      isRepeated={false}
    />
  )
  expect(pageOf(PAGES.clerk, { status })).toContain(
    '<strong>Sudah tercatat pukul 14.05:</strong> pemakaian 350,00 liter. Sisa sekarang 18.460,50 liter.',
  )
})

describe('the history', () => {
  test('keeps the filter in every link to another page or order', () => {
    const filter = { ...historyOf().filter, search: 'DO 84', location: 'GENSET' }
    const html = String(<HistoryPage {...historyOf({ filter, page: 2 })} />)
    const links = Array.from(html.matchAll(/href="(\/history\?[^"]*)"/g), ([, href]) => href ?? '')
    expect(links.length).toBeGreaterThan(8)
    for (const link of links) expect(link).toContain('search=DO+84&amp;')
    expect(html).toContain('href="/history?search=DO+84&amp;location=GENSET&amp;page=3"')
  })

  test('offers to remove the filter where nothing matches', () => {
    const totals = { entries: 0, isMore: false, litres: { in: 0n, out: 0n, net: 0n } }
    const filter = { ...historyOf().filter, type: 'OUT' }
    const html = String(<HistoryPage {...historyOf({ rows: [], totals, filter })} />)
    expect(html).toContain('Tidak ada catatan yang cocok')
    expect(html).toContain('Hapus saringan')
  })
})

function historyOf(change: Partial<HistoryPageProps> = {}): HistoryPageProps {
  return {
    rows: ENTRIES,
    days: { [TODAY]: sampleLocation().today },
    filter: {
      search: '',
      startDate: '',
      endDate: '',
      type: '',
      kind: '',
      location: '',
      user: '',
      consumer: '',
      corrected: '',
      sort: '',
    },
    errors: {},
    totals: {
      entries: 128,
      isMore: false,
      litres: { in: 500_000n, out: 105_875n, net: 394_125n },
    },
    page: 1,
    limit: 20,
    totalPages: 7,
    turn: null,
    place: { before: '', after: '', date: '' },
    today: TODAY,
    locations: [{ code: 'GENSET', name: 'GENSET' }],
    people: [{ id: 7, name: 'Rahmat Hidayat' }],
    consumers: [{ id: 3, name: 'Genset #1', location: 'GENSET' }],
    printed: { companyName: '', by: 'Wati', at: '2026-11-23T14:12', zoneLabel: 'WITA' },
    version: '1.2.3',
    showLocation: true,
    correctable: new Set(ENTRIES.map(({ id }) => id)),
    ...change,
  }
}

function pageOf(children: LayoutProps['children'], more: Partial<LayoutProps> = {}): string {
  return document({
    title: 'Uji',
    path: '/',
    zoneLabel: 'WITA',
    assets: {
      script: '/build/app-1.js',
      chart: '/build/chart-1.js',
      style: '/build/app-1.css',
      icon: '/build/favicon-1.svg',
    },
    viewer: {
      name: 'Rahmat Hidayat',
      roleLabel: 'Operasional',
      placeLabel: 'GENSET',
      mayViewAudit: false,
    },
    formToken: 'token',
    children,
    ...more,
  })
}
