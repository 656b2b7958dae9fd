import { and, asc, eq, gte } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { LocationDay, LockedLocation } from '#src/ledger/locked.ts'
import { isOfDay, ledgerOrder, standing } from '#src/ledger/order.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import { type Change, LEVEL, riseThrough, riseTo } from '#src/ledger/rise.ts'
import {
  appendMove,
  type DayFigures,
  type DayRows,
  figuresOf,
  firstBreach,
  insertMove,
  LAST_OF_MINUTE,
  type Move,
  NO_ROWS,
  type PlacedMove,
  QUIET_DAY,
  signed,
} from '#src/ledger/rules.ts'
import { businessDay, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** What a change would do. */
export type Outlook = {
  /** What is left right before the added move and right after it; without one, at the place of the removed one. */
  balanceBefore: Litres
  balanceAfter: Litres
  /** What is left now, after everything. */
  balance: Litres
  /** The highest balance that the change leads to; null where it lifts the stock at no moment. */
  peak: Litres | null
  /** The first moment at which the stock would fall below zero. */
  breach: { at: Date; balance: Litres } | null
  days: ChangedDay[]
}

const UNTOUCHED = { balanceBefore: 0n, balanceAfter: 0n, peak: null, breach: null }

/** A day that a change alters; `rows` are those it has now, before anything is booked. */
export type ChangedDay = { day: Day; before: DayFigures; after: DayFigures; rows: DayRows }

/**
 * Looks along the whole timeline from the change on. Reads the derived rows of later days, and the entries of the days
 * it changes (none where one move comes at the end of its day) and of the first day that would break.
 */
export async function foresee(tx: Db, location: LockedLocation, change: Change): Promise<Outlook> {
  const changed = daysOf(change, location.zone)
  const rows = await daysFrom(tx, location, changed[0])
  const stored = new Map(rows.map((row) => [row.businessDay, row]))
  let balance = rows.reduce((before, row) => before - row.net, location.balance)
  let rise = LEVEL
  const outlook: Outlook = { ...UNTOUCHED, balance, days: [] }
  for (const day of [...new Set([...changed, ...stored.keys()])].sort()) {
    const before = stored.get(day) ?? { ...QUIET_DAY, ...NO_ROWS }
    const isChanged = changed.includes(day)
    const redrawn = isChanged ? await redraw(tx, location, { day, before, change }) : null
    const after = redrawn?.after ?? before
    if (redrawn) {
      outlook.days.push({ day, before, after, rows: rowsOf(before) })
      noteBalances(outlook, balance, redrawn)
      rise = riseThrough(rise, balance + redrawn.start, { ...change, moves: redrawn.steps })
    } else rise = riseTo(rise, balance + after.highest)
    if (outlook.breach === null && balance + after.lowest < 0n) {
      const { start, moves } = redrawn ?? { start: 0n, moves: await readMoves(tx, location, day) }
      outlook.breach = firstBreach(balance + start, moves)
    }
    balance += after.net
  }
  return { ...outlook, balance, peak: rise.peak }
}

function daysOf({ added, removed }: Change, zone: string): [Day, ...Day[]] {
  const days = [added, removed].flatMap((move) => (move ? [businessDay(move.at, zone)] : []))
  const [first, ...rest] = [...new Set(days)].sort()
  if (first === undefined) throw new RangeError('a change adds a move or removes one')
  return [first, ...rest]
}

const rowsOf = ({ rowsIn, rowsOut, lastAt }: DayRows): DayRows => ({ rowsIn, rowsOut, lastAt })

async function daysFrom(tx: Db, { id, recent }: LockedLocation, day: Day): Promise<LocationDay[]> {
  if (recent && recent.from <= day) return recent.days.filter((row) => row.businessDay >= day)
  return tx
    .select()
    .from(locationDays)
    .where(and(eq(locationDays.locationId, id), gte(locationDays.businessDay, day)))
    .orderBy(asc(locationDays.businessDay))
}

/** A day with the change in it: its moves from `start` on, which is what came before them on that day. */
type Redrawn = {
  after: DayFigures
  start: Litres
  moves: PlacedMove[]
  /** The moves with the removed one still among them. */
  steps: PlacedMove[]
  /** How far the day stands, relative to its opening, right before the place of the change and right after it. */
  place: { before: Litres; after: Litres } | null
}

async function redraw(
  tx: Db,
  location: LockedLocation,
  { day, before, change }: { day: Day; before: DayFigures & DayRows; change: Change },
): Promise<Redrawn> {
  const { added, removed } = change
  const isOn = (move: Move | null) => move !== null && businessDay(move.at, location.zone) === day
  if (added && !removed && comesLast(before, added)) {
    const after = appendMove(before, added)
    const place = { before: before.net, after: after.net }
    return { after, start: before.net, moves: [added], steps: [added], place }
  }
  const booked = await readMoves(tx, location, day)
  const kept = isOn(removed)
    ? booked.filter(({ standing: at }) => at !== removed?.standing)
    : booked
  const moves = added && isOn(added) ? insertMove(kept, added) : kept
  const steps = removed && isOn(removed) ? insertMove(moves, removed) : moves
  const place = placeOf(change, { booked, moves })
  return { after: figuresOf(moves), start: 0n, moves, steps, place }
}

/** The place of the added move on the new timeline; without one, that of the removed move on the old one. */
function placeOf(
  { added, removed }: Change,
  { booked, moves }: { booked: PlacedMove[]; moves: PlacedMove[] },
): Redrawn['place'] {
  const timeline = added ? moves : booked
  const index = added
    ? moves.indexOf(added)
    : booked.findIndex(({ standing: at }) => at === removed?.standing)
  if (index < 0) return null
  const before = figuresOf(timeline.slice(0, index)).net
  return { before, after: added ? before + signed(added) : before }
}

function noteBalances(outlook: Outlook, opening: Litres, { place }: Redrawn): void {
  if (place === null) return
  outlook.balanceBefore = opening + place.before
  outlook.balanceAfter = opening + place.after
}

const comesLast = ({ lastAt }: DayRows, move: PlacedMove): boolean =>
  move.standing === LAST_OF_MINUTE && (lastAt === null || lastAt <= move.at)

/** The entries of one day that count, in the order of the ledger. */
async function readMoves(tx: Db, location: LockedLocation, day: Day): Promise<PlacedMove[]> {
  return tx
    .select({
      at: entries.occurredAt,
      type: entries.type,
      litres: entries.litres,
      standing: standing.mapWith(Number),
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(isOfDay(location.id, day, location.zone), counts))
    .orderBy(...ledgerOrder)
}
