import type { Entry, Known, Place } from '#tests/ledger/model/books.ts'
import type { ModelFile } from '#tests/ledger/model/files.ts'
import type { Sent } from '#tests/ledger/model/requests.ts'
import { START } from '#tests/support/app.ts'
import type { Name } from '#tests/support/cast.ts'

/** What the model knows of the depot. */
export type Model = {
  now: number
  entries: Entry[]
  closed: Set<Place>
  dismissed: Set<Name>
  /** Requests that were booked, by their keys. */
  known: Map<string, Known>
  /** Every request that was sent, booked or not, for sending it again. */
  sent: Sent[]
  files: ModelFile[]
  /** What the rows of booked files said: a row that was booked once is not booked again. */
  marks: Set<string>
  steps: number
}

export const emptyModel = (): Model => ({
  now: START.getTime(),
  entries: [],
  closed: new Set(),
  dismissed: new Set(),
  known: new Map(),
  sent: [],
  files: [],
  marks: new Set(),
  steps: 0,
})

/** In hundredths; null where the place has none. */
export const CAPACITY: Record<Place, bigint | null> = { GENSET: 15_000n, TUG_ASSIST: null }

/** What uses fuel at each place. */
export const CONSUMERS: Record<Place, [string, string]> = {
  GENSET: ['Genset 1', 'Genset 2'],
  TUG_ASSIST: ['TB Satu', 'TB Dua'],
}

export const HOME: Partial<Record<Name, Place>> = { sari: 'GENSET', budi: 'TUG_ASSIST' }

export const isClerk = (who: Name): boolean => HOME[who] !== undefined
