import type { Place } from '#tests/ledger/model/books.ts'
import type { Name } from '#tests/support/cast.ts'

export type BookingBody = {
  location?: Place
  amount: string | number
  occurredAt?: string
  notes?: string
  consumer?: string
  kind?: 'opening'
  confirmUnusual?: boolean
}

export type CorrectionBody = {
  entryId: number
  reason: string
  replacement?: {
    amount: string | number
    occurredAt?: string
    notes?: string | null
    consumer?: string | null
  }
  confirmUnusual?: boolean
}

export type Booking = {
  path: '/api/stock/in' | '/api/stock/out'
  who: Name
  key: string | null
  body: BookingBody
}

export type Correction = {
  path: '/api/stock/corrections'
  who: Name
  key: string | null
  body: CorrectionBody
}

/** A request to the API, as it goes over the line. */
export type Sent = Booking | Correction

export const isBooking = (sent: Sent): sent is Booking => sent.path !== '/api/stock/corrections'

/** Hundredths of an amount as it is sent: a number or a plain decimal. */
export function hundredths(amount: string | number): bigint {
  const [whole = '0', fraction = ''] = String(amount).split('.')
  return BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'))
}

export const decimal = (litres: bigint): string => {
  const digits = String(litres < 0n ? -litres : litres).padStart(3, '0')
  return `${litres < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Two requests under one key are the same where this is: who asked for what, however the amount was spelled. */
export function identityOf({ path, who, body }: Sent): string {
  const { confirmUnusual: _, ...rest } = body
  const parts = Object.entries(withPlainAmounts(rest)).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([path, who, parts])
}

function withPlainAmounts(body: object): object {
  const fields = Object.entries(body).map(([name, value]) => {
    if (name === 'amount') return [name, String(hundredths(value))]
    if (name === 'replacement') return [name, withPlainAmounts(value)]
    return [name, value]
  })
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)))
}
