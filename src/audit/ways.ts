import { and, gte, lt, type SQL } from 'drizzle-orm'
import { areFew, type Order, type Trail, type Way } from '#src/audit/walk.ts'
import type { Db } from '#src/database/client.ts'
import { addDays, type Day, dayStart } from '#src/units/business-day.ts'

/** One thing that a filter asks for, and the index that knows it. */
export type Asked = {
  condition: SQL
  index: string
  /** In which order the index holds the rows found in it; null where in none, and they must be sorted. */
  order: Exclude<Order, 'time'> | null
}

export type AskedOfTrail = {
  /** What indexes know, the one that finds the fewest rows most often first. */
  asked: Asked[]
  /** The days, as a condition. */
  period: SQL | undefined
  /** The index of the times. */
  timeIndex: string
  /** What no index knows. */
  others: SQL | undefined
}

/**
 * The way on which the fewest rows are looked at: what few rows are is read whole by its own index, so that nothing is
 * missed; else days are gone through by their times, and everything else by its number.
 */
export async function chooseWay(
  db: Db,
  trail: Trail,
  { asked, period, timeIndex, others }: AskedOfTrail,
): Promise<Way> {
  const along = ({ condition, index, order }: Asked): Way => {
    const rest = asked.flatMap((one) => (one.condition === condition ? [] : one.condition))
    const lookedAtFor = and(...rest, period, others)
    return { trail, index, entered: condition, lookedAtFor, order: order ?? 'number' }
  }
  const [first, ...more] = asked
  if (first?.order && more.length === 0 && period === undefined) return along(first)
  for (const one of asked) {
    if (await areFew(db, { trail, index: one.index, entered: one.condition })) return along(one)
  }
  const lookedAtFor = and(...asked.map(({ condition }) => condition), others)
  if (period) return { trail, index: timeIndex, entered: period, lookedAtFor, order: 'time' }
  const ordered = asked.find(({ order }) => order !== null)
  if (ordered) return along(ordered)
  return { trail, index: 'PRIMARY', entered: undefined, lookedAtFor, order: 'number' }
}

/** What was written on these days of the company's zone; undefined where none are named. */
export function writtenIn(
  { recordedAt }: Trail,
  { startDate, endDate }: { startDate?: Day | undefined; endDate?: Day | undefined },
  zone: string,
): SQL | undefined {
  return and(
    startDate === undefined ? undefined : gte(recordedAt, dayStart(startDate, zone)),
    endDate === undefined ? undefined : lt(recordedAt, dayStart(addDays(endDate, 1), zone)),
  )
}
