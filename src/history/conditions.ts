import { and, eq, gte, inArray, lt, not, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryFilter } from '#src/history/input.ts'
import { beginningOf, wordsOf } from '#src/history/words.ts'
import { counts } from '#src/ledger/reversal.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { addDays, dayStart } from '#src/units/business-day.ts'

/** The locations that a filter is about. Throws Rejected 422 where it names one that this person cannot see. */
export function scopeOf(locations: LocationView[], code: string | undefined): LocationView[] {
  if (code === undefined) return locations
  const chosen = locations.filter((location) => location.code === code)
  if (chosen.length === 0)
    throw new Rejected(422, 'Lokasi tidak dikenal.', { location: 'Lokasi tidak dikenal.' })
  return chosen
}

/** Numbers of the locations in reach; null where that is all of them, and the timeline's own index serves. */
export function reachOf(scope: LocationView[], all: LocationView[], actor: Actor): number[] | null {
  if (scope.length === all.length && actor.role !== 'operasional') return null
  return scope.map(({ id }) => id)
}

export function inReach(reach: number[] | null): SQL | undefined {
  if (reach === null) return undefined
  const [only, ...others] = reach
  if (only === undefined) return sql`false`
  return others.length === 0 ? eq(entries.locationId, only) : inArray(entries.locationId, reach)
}

/** What a filter asks of an entry, whatever its location. With `corrected` for queries that join `reversal`. */
export function matches(filter: EntryFilter, zone: string): SQL | undefined {
  const { kind, user, consumer, corrected, search } = filter
  return and(
    matchesTimeline(filter, zone),
    kind === undefined ? undefined : eq(entries.kind, kind),
    user === undefined ? undefined : eq(entries.userId, user),
    consumer === undefined ? undefined : eq(entries.consumerId, consumer),
    corrected === undefined ? undefined : corrected === 'no' ? counts : not(counts),
    search === undefined ? undefined : holdsWords(search),
  )
}

/** What the index of the timeline itself can answer: type and time. */
export function matchesTimeline(
  { type, startDate, endDate }: Pick<EntryFilter, 'type' | 'startDate' | 'endDate'>,
  zone: string,
): SQL | undefined {
  return and(
    type === undefined ? undefined : eq(entries.type, type),
    startDate === undefined ? undefined : gte(entries.occurredAt, dayStart(startDate, zone)),
    endDate === undefined ? undefined : lt(entries.occurredAt, dayStart(addDays(endDate, 1), zone)),
  )
}

const holdsWords = (search: string): SQL | undefined => and(...wordsOf(search).map(holdsWord))

/** The word begins a word of the notes or the reference: which it is part of is sooner known. */
export function holdsWord(word: string): SQL {
  const part = `%${word.replaceAll('_', '\\_')}%`
  const beginning = beginningOf(word)
  const { notes, reference } = entries
  return sql`(${notes} like ${part} and ${notes} regexp ${beginning} or ${reference} like ${part} and ${reference} regexp ${beginning})`
}
