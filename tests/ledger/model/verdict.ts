import { formatDayClock, wallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import type { Draft, Known } from '#tests/ledger/model/books.ts'

/** What the model says must become of a request; `why` is for counting what was tried. */
export type Verdict =
  | { status: 201; why: string; drafts: Draft[] }
  | { status: 200; why: string; known: Known }
  | Refusal

/** `sentence` is the whole of `error` where it names a moment or an amount, `field` the one at fault. */
export type Refusal = {
  status: 401 | 403 | 404 | 409 | 422
  why: string
  sentence?: string
  field?: string
}

export type Moment = { at: number; balance: bigint }

/** A correction that would take the stock below zero. */
export const breaks = (moment: Moment, field: string): Refusal => ({
  status: 422,
  why: 'breaks a moment',
  sentence: `Stok tidak mencukupi. ${momentOf(moment)}`,
  field,
})

/** An amount that a person has to confirm. */
export const ask = (question: string): Refusal => ({
  status: 422,
  why: 'asked about',
  sentence: `${question} Periksa, lalu pastikan.`,
  field: 'confirmUnusual',
})

/** "Pada 14/03/2026 09.20 stok menjadi −120,00 liter." */
export const momentOf = ({ at, balance }: Moment): string =>
  `Pada ${formatDayClock(wallClock(new Date(at), 'Asia/Makassar'))} stok menjadi ${formatLitres(balance)} liter.`
