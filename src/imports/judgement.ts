import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { startWriting } from '#src/imports/derived.ts'
import { openingTime } from '#src/imports/openings.ts'
import type { Place } from '#src/imports/places.ts'
import type { Breach, Cure } from '#src/imports/problems.ts'
import { importRows } from '#src/imports/tables.ts'
import { type MergedMove, mergeTimelines } from '#src/imports/timeline.ts'
import type { LockedLocation } from '#src/ledger/locked.ts'
import { findBeginning, mayOpenAt } from '#src/ledger/opening.ts'
import { addRow, appendMove, NO_ROWS, QUIET_DAY, signed } from '#src/ledger/rules.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import { type Day, dayStart } from '#src/units/business-day.ts'
import { type Litres, parseDecimal, smallest } from '#src/units/litres.ts'

/** What a file does to one location. Its opening stock is not among the rows. */
export type Verdict = {
  rowsIn: number
  rowsOut: number
  litresIn: Litres
  litresOut: Litres
  openingLitres: Litres
  /** What is left once the file is booked. */
  balance: Litres
  breach: Breach | null
}

/**
 * Goes along the merged timeline of books and file from the first new row on, and writes what follows from it:
 * the days that have new rows, and which rows take the location over its capacity.
 */
export async function judge(tx: Db, place: Place, location: LockedLocation): Promise<Verdict> {
  const verdict: Verdict = {
    rowsIn: 0,
    rowsOut: 0,
    litresIn: 0n,
    litresOut: 0n,
    openingLitres: 0n,
    balance: location.balance,
    breach: null,
  }
  const firstDay = await findFirstDay(tx, place)
  if (!firstDay) return verdict
  verdict.balance -= await readNetSince(tx, location.id, firstDay)
  const from = dayStart(firstDay, location.zone)
  const writer = startWriting(tx, location.id)
  let day = { at: firstDay, figures: QUIET_DAY, newRows: NO_ROWS }
  let lowest: Litres = 0n
  let moves = 0
  for await (const move of mergeTimelines(tx, {
    locationId: location.id,
    place: place.key,
    from,
  })) {
    if (move.businessDay !== day.at) {
      if (day.newRows.lastAt) await writer.addDay(day.at, day.figures, day.newRows)
      day = { at: move.businessDay, figures: QUIET_DAY, newRows: NO_ROWS }
    }
    verdict.balance += signed(move)
    day.figures = appendMove(day.figures, move)
    if (move.fileRank !== null) {
      day.newRows = addRow(day.newRows, move)
      tally(verdict, move)
      if (isOverfull(place, move, verdict.balance)) await writer.addOverfull(move.fileRank)
    }
    if (verdict.balance < 0n) verdict.breach ??= startBreach(place, move, verdict.balance)
    lowest = smallest(lowest, verdict.balance)
    sweepNowAndThen(++moves)
  }
  if (day.newRows.lastAt) await writer.addDay(day.at, day.figures, day.newRows)
  await writer.finish()
  if (verdict.breach) verdict.breach.cure = await findCure(tx, place, location, verdict, -lowest)
  return verdict
}

async function findFirstDay(tx: Db, place: Place): Promise<Day | null> {
  const [first] = await tx
    .select({ day: importRows.businessDay })
    .from(importRows)
    .where(eq(importRows.place, place.key))
    .orderBy(asc(importRows.occurredAt))
    .limit(1)
  return first?.day ?? null
}

async function readNetSince(tx: Db, locationId: number, day: Day): Promise<Litres> {
  const [row] = await tx
    .select({ net: sql`coalesce(sum(${locationDays.net}), 0)`.mapWith(parseDecimal) })
    .from(locationDays)
    .where(and(eq(locationDays.locationId, locationId), gte(locationDays.businessDay, day)))
  return row?.net ?? 0n
}

function tally(verdict: Verdict, { kind, type, litres }: MergedMove): void {
  if (kind === 'opening') verdict.openingLitres += litres
  else if (type === 'IN') {
    verdict.rowsIn++
    verdict.litresIn += litres
  } else {
    verdict.rowsOut++
    verdict.litresOut += litres
  }
}

const isOverfull = (place: Place, move: MergedMove, balance: Litres): boolean =>
  move.type === 'IN' && place.capacityLitres !== null && balance > place.capacityLitres

/** The cure is known only at the end of the timeline. */
function startBreach(place: Place, move: MergedMove, balance: Litres): Breach {
  return {
    kind: 'breach',
    location: place.code,
    at: move.at,
    line: move.fileRank === null ? null : Math.abs(move.fileRank),
    entryId: move.id,
    missing: -balance,
    cure: { moreThanBooked: 0n },
  }
}

async function findCure(
  tx: Db,
  place: Place,
  location: LockedLocation,
  verdict: Verdict,
  needed: Litres,
): Promise<Cure> {
  const beginning = await findBeginning(tx, location.id)
  return place.firstAt && mayOpenAt(openingTime(place.firstAt), beginning)
    ? { opening: verdict.openingLitres + needed }
    : { moreThanBooked: needed }
}
