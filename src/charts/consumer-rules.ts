import type { Litres } from '#src/units/litres.ts'

/** Days with usage that make somebody's usual. */
export const USUAL_DAYS = 60
/** Under these nothing is usual yet. */
export const LEAST_USUAL_DAYS = 7

/** Who used fuel: a genset or tug of a location; null where nobody was named. */
export type ConsumerKey = { locationId: number; consumerId: number | null }
export type Used = { litres: Litres; entries: number; days: number }
export type UsedDay = ConsumerKey & { day: string; litres: Litres }

/** What one used in a period, against what it uses on a day on which it runs. */
export type ConsumerUse = Used & {
  /** Litres a day with usage; null where it is too little to tell. */
  usualLitres: Litres | null
  /** The same for as many days as it ran in the period. */
  expectedLitres: Litres | null
}

export const keyOf = ({ locationId, consumerId }: ConsumerKey): string =>
  `${locationId} ${consumerId ?? ''}`

/** Compares with the last days with usage before the period, given in any order. */
export function compareWithUsual(used: Used, before: UsedDay[]): ConsumerUse {
  const days = before.toSorted((a, b) => (a.day < b.day ? 1 : -1)).slice(0, USUAL_DAYS)
  if (days.length < LEAST_USUAL_DAYS) return { ...used, usualLitres: null, expectedLitres: null }
  const litres = days.reduce((sum, day) => sum + day.litres, 0n)
  const count = BigInt(days.length)
  return {
    ...used,
    usualLitres: divide(litres, count),
    // From the sum itself: the rounding of a day must not be multiplied.
    expectedLitres: divide(litres * BigInt(used.days), count),
  }
}

/** Rounded to the nearest hundredth. */
const divide = (litres: Litres, by: bigint): Litres => (2n * litres + by) / (2n * by)
