import type { Litres } from '#src/units/litres.ts'

/** Whether this little is left that people are told. A location without a threshold is never low. */
export function isUnder(balance: Litres, lowStockLitres: Litres | null): boolean {
  return lowStockLitres !== null && balance < lowStockLitres
}

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const FIRST_WAIT = 30 * SECOND
const LONGEST_WAIT = HOUR
const LONGEST_AGE = 72 * HOUR

/** When to try again after a failure: 30 s, doubling to an hour. Null once a message is three days old. */
export function nextTry({
  createdAt,
  attempts,
  now,
}: {
  createdAt: Date
  /** Those made so far, at least 1. */
  attempts: number
  now: Date
}): Date | null {
  if (now.getTime() - createdAt.getTime() >= LONGEST_AGE) return null
  const wait = Math.min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
  return new Date(now.getTime() + wait)
}
