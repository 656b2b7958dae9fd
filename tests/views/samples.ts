import type { EntryView } from '#src/ledger/entry-view.ts'
import type { EntryFormProps } from '#views/stock/entry-form.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import type { UserEditProps } from '#views/users/user-edit-row.tsx'
import type { UserCard } from '#views/users/user-row.tsx'

export const TODAY = '2026-11-23'

export function sampleEntry(change: Partial<EntryView> = {}): EntryView {
  return {
    id: 42,
    type: 'OUT',
    kind: 'usage',
    litres: 35_000n,
    location: 'GENSET',
    locationName: 'GENSET',
    occurredAt: new Date('2026-11-23T06:05:00Z'),
    occurredClock: '2026-11-23T14:05',
    recordedAt: new Date('2026-11-23T06:05:12Z'),
    recordedClock: '2026-11-23T14:05',
    userId: 1,
    userName: 'Rahmat Hidayat',
    notes: null,
    reference: null,
    consumer: null,
    reversesId: null,
    reversedById: null,
    replacesId: null,
    placeOfId: null,
    isOverCapacity: false,
    balanceAfter: 1_846_050n,
    ...change,
  }
}

export function sampleLocation(change: Partial<LocationCard> = {}): LocationCard {
  return {
    code: 'GENSET',
    name: 'GENSET',
    balance: 1_846_050n,
    capacityLitres: 2_500_000n,
    lowStockLitres: 500_000n,
    isLow: false,
    hasEntries: true,
    today: { opening: 1_451_925n, in: 500_000n, out: 105_875n, closing: 1_846_050n },
    cover: null,
    last: { clock: '2026-11-23T14:05', userName: 'Rahmat Hidayat' },
    ...change,
  }
}

export function sampleForm(change: Partial<EntryFormProps> = {}): EntryFormProps {
  return {
    action: '/stock/out',
    formToken: 'token',
    requestId: 'request-1',
    kind: 'usage',
    locations: [
      {
        code: 'GENSET',
        name: 'GENSET',
        balance: 1_846_050n,
        hasEntries: true,
        consumers: ['Genset #1'],
      },
    ],
    hasFixedLocation: true,
    values: {
      amount: '',
      location: 'GENSET',
      occurredAt: '',
      notes: '',
      reference: '',
      consumer: '',
    },
    errors: {},
    question: null,
    latest: '2026-11-23T14:12',
    isCompact: true,
    ...change,
  }
}

export function samplePerson(change: Partial<UserCard> = {}): UserCard {
  return {
    id: 7,
    name: 'Rahmat Hidayat',
    email: 'rahmat@depo.example',
    roleLabel: 'Operasional',
    location: 'GENSET',
    active: true,
    lastSignIn: `${TODAY}T06:40`,
    ...change,
  }
}

/** A row that came back: one field is wrong, another was changed by somebody else meanwhile. */
export function samplePersonForm(): UserEditProps {
  return {
    user: { id: 7, name: 'Rahmat Hidayat' },
    isOwn: false,
    roles: [{ value: 'operasional', label: 'Operasional' }],
    locations: ['GENSET', 'TUG_ASSIST'],
    form: {
      id: 'user-7',
      action: '/users/7',
      formToken: 'token',
      requestId: 'kunci',
      version: 'versi',
      filter: 'search=rahmat',
      values: {
        name: 'Rahmat H.',
        email: 'bukan alamat',
        role: 'operasional',
        location: 'GENSET',
        active: 'true',
      },
      errors: { email: 'Email ini tidak lengkap.' },
      kept: { name: { value: '<b>Rahmat</b>', beside: 'Rahmat H.' } },
      isInline: false,
    },
  }
}
