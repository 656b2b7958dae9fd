import type { SQL } from 'drizzle-orm'
import { and } from 'drizzle-orm'
import { inReach, matches } from '#src/history/conditions.ts'
import type { HistoryFilter } from '#src/history/input.ts'
import type { Litres } from '#src/units/litres.ts'

/** A filter with the locations it is about. */
export type Chosen = {
  filter: HistoryFilter
  /** Numbers of the locations; for entries null where that is all of them. */
  places: number[]
  reach: number[] | null
  /** How many entries these locations have in all. */
  size: number
  zone: string
}

export type HistoryTotals = {
  entries: number
  /** There are more than `entries`, which nobody counted. */
  isMore: boolean
  /** Only these were found where it was looked; whether there are others nobody knows yet. */
  isPartial?: boolean
  /** Litres of what counts; null where too many entries would have to be added up. */
  litres: { in: Litres; out: Litres; net: Litres } | null
}

/** Where the derived rows do not count, so many entries are counted, and can be paged through. */
export const COUNTED = 10_000

export const isByTime = ({ filter }: Chosen): boolean => filter.sort.endsWith('date')
export const isDownwards = ({ filter }: Chosen): boolean => filter.sort.startsWith('-')

/** Whether days and months know how many entries a filter chooses. */
export function isCountedByDays({ filter }: Chosen): boolean {
  const { kind, user, consumer, corrected, search } = filter
  return [kind, user, consumer, corrected, search].every((asked) => asked === undefined)
}

export const conditionOf = ({ filter, reach, zone }: Chosen): SQL | undefined =>
  and(inReach(reach), matches(filter, zone))

/** The index along which a filter's entries come in the order of time. */
export function timeIndexFor({ filter, reach }: Chosen): string {
  const isOnePlace = reach?.length === 1
  if (filter.consumer !== undefined) return 'transactions_consumer'
  if (filter.kind !== undefined)
    return isOnePlace ? 'transactions_location_kind' : 'transactions_kind'
  if (filter.user !== undefined) return 'transactions_user'
  return isOnePlace ? 'transactions_location_timeline' : 'transactions_timeline'
}

/**
 * The index for the order of litres. Read along its own, the entries come in order, but those that the filter leaves out
 * come as well, in all about until ÷ found of the location's; along that of time the filter's alone, but all of them
 * must be sorted. `found`: how many there are; null where there are more than were counted.
 */
export function litresIndexFor(
  chosen: Chosen,
  { found, until }: { found: number | null; until: number },
): string {
  const { reach, size } = chosen
  const isSortedCheaper = found !== null && found * found < until * size && isSelective(chosen)
  if (isSortedCheaper) return timeIndexFor(chosen)
  return reach?.length === 1 ? 'transactions_location_litres' : 'transactions_litres'
}

const isSelective = ({ filter }: Chosen): boolean =>
  [filter.startDate, filter.endDate, filter.kind, filter.user, filter.consumer].some(
    (asked) => asked !== undefined,
  )
