import { and, asc, desc, eq, gte } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { counts, isOfDay, reversal } from '#src/ledger/queries.ts'
import {
  appendMove,
  type DayFigures,
  figuresOf,
  firstBreach,
  insertMove,
  type Move,
  QUIET_DAY,
  signed,
} from '#src/ledger/rules.ts'
import { businessDay, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** A location whose balance row this transaction has locked: nobody else writes to it until commit. */
export type LockedLocation = { id: number; zone: string; balance: Litres; entries: number }

/** What booking one more move would do. */
export type Outlook = {
  /** What is left right before the move and right after it. */
  balanceBefore: Litres
  balanceAfter: Litres
  breach: { at: Date; balance: Litres } | null
  day: Day
  figures: DayFigures
}

type DayRow = { day: Day; figures: DayFigures }

export async function lockLocation(
  tx: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  const [row] = await tx
    .select()
    .from(locationBalances)
    .where(eq(locationBalances.locationId, locationId))
    .for('update')
  if (!row) throw new Error(`location ${locationId} has no balance row`)
  return { id: locationId, zone, balance: row.balance, entries: row.entries }
}

/**
 * Looks along the whole timeline from the move on. Reads the derived rows of later days, and the entries of at most
 * two days: the move's own where it is not the day's last, and the first one that would break.
 */
export async function foresee(tx: Db, location: LockedLocation, move: Move): Promise<Outlook> {
  const day = businessDay(move.at, location.zone)
  const rows = await readDaysFrom(tx, location.id, day)
  const opening = rows.reduce((balance, row) => balance - row.figures.net, location.balance)
  const own = rows[0]?.day === day ? rows[0].figures : QUIET_DAY
  const later = rows.filter((row) => row.day > day)
  if (await isLastOfDay(tx, location, day, move)) {
    const figures = appendMove(own, move)
    const balanceBefore = opening + own.net
    const balanceAfter = opening + figures.net
    const breach = balanceAfter < 0n ? { at: move.at, balance: balanceAfter } : null
    return {
      balanceBefore,
      balanceAfter,
      breach: breach ?? (await findLaterBreach(tx, location, balanceAfter, later)),
      day,
      figures,
    }
  }
  const others = await readMoves(tx, location, day)
  const moves = insertMove(others, move)
  const figures = figuresOf(moves)
  const balanceBefore = opening + figuresOf(others.filter((other) => other.at <= move.at)).net
  return {
    balanceBefore,
    balanceAfter: balanceBefore + signed(move),
    breach:
      firstBreach(opening, moves) ??
      (await findLaterBreach(tx, location, opening + figures.net, later)),
    day,
    figures,
  }
}

/** Writes the derived rows that follow from a move that was booked. */
export async function applyMove(
  tx: Db,
  location: LockedLocation,
  move: Move,
  outlook: Outlook,
): Promise<void> {
  const { day, figures } = outlook
  await tx
    .insert(locationDays)
    .values({ locationId: location.id, businessDay: day, ...figures })
    .onDuplicateKeyUpdate({ set: figures })
  await tx
    .update(locationBalances)
    .set({ balance: location.balance + signed(move), entries: location.entries + 1 })
    .where(eq(locationBalances.locationId, location.id))
}

async function readDaysFrom(tx: Db, locationId: number, day: Day): Promise<DayRow[]> {
  const rows = await tx
    .select()
    .from(locationDays)
    .where(and(eq(locationDays.locationId, locationId), gte(locationDays.businessDay, day)))
    .orderBy(asc(locationDays.businessDay))
  return rows.map(({ locationId: _, businessDay: at, ...figures }) => ({ day: at, figures }))
}

async function isLastOfDay(
  tx: Db,
  location: LockedLocation,
  day: Day,
  move: Move,
): Promise<boolean> {
  const [last] = await tx
    .select({ at: entries.occurredAt })
    .from(entries)
    .where(isOfDay(location.id, day, location.zone))
    .orderBy(desc(entries.occurredAt), desc(entries.id))
    .limit(1)
  return !last || last.at <= move.at
}

/** The entries of one day that count, in the order of the ledger. */
async function readMoves(tx: Db, location: LockedLocation, day: Day): Promise<Move[]> {
  return tx
    .select({ at: entries.occurredAt, type: entries.type, litres: entries.litres })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(isOfDay(location.id, day, location.zone), counts))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
}

async function findLaterBreach(tx: Db, location: LockedLocation, opening: Litres, days: DayRow[]) {
  let balance = opening
  for (const { day, figures } of days) {
    if (balance + figures.lowest < 0n)
      return firstBreach(balance, await readMoves(tx, location, day))
    balance += figures.net
  }
  return null
}
