import { and, asc, desc, eq, gte } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isOfDay, ledgerOrder, standing } from '#src/ledger/order.ts'
import { counts, reversal } from '#src/ledger/queries.ts'
import { type Change, LEVEL, riseThrough, riseTo } from '#src/ledger/rise.ts'
import {
  appendMove,
  type DayFigures,
  figuresOf,
  firstBreach,
  insertMove,
  LAST_OF_MINUTE,
  type Move,
  type PlacedMove,
  QUIET_DAY,
  signed,
} from '#src/ledger/rules.ts'
import { businessDay, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** A location whose balance row this transaction has locked: nobody else writes to it until commit. */
export type LockedLocation = { id: number; zone: string; balance: Litres; entries: number }

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

export type ChangedDay = { day: Day; before: DayFigures; after: DayFigures }

export async function lockLocation(
  tx: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  const [row] = await selectBalance(tx, locationId).for('update')
  return standingOf(row, locationId, zone)
}

/** The same for a look ahead, in a snapshot where nothing moves: nobody is kept waiting. */
export async function peekLocation(
  snapshot: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  const [row] = await selectBalance(snapshot, locationId)
  return standingOf(row, locationId, zone)
}

/**
 * Looks along the whole timeline from the change on. Reads the derived rows of later days, and the entries of the days
 * it changes (none where one move comes at the end of its day) and of the first day that would break.
 */
export async function foresee(tx: Db, location: LockedLocation, change: Change): Promise<Outlook> {
  const changed = daysOf(change, location.zone)
  const rows = await readDaysFrom(tx, location.id, changed[0])
  const figures = new Map(rows.map((row) => [row.day, row.figures]))
  let balance = rows.reduce((before, row) => before - row.figures.net, location.balance)
  let rise = LEVEL
  const outlook: Outlook = { ...UNTOUCHED, balance, days: [] }
  for (const day of [...new Set([...changed, ...figures.keys()])].sort()) {
    const before = figures.get(day) ?? QUIET_DAY
    const isChanged = changed.includes(day)
    const redrawn = isChanged ? await redraw(tx, location, { day, before, change }) : null
    const after = redrawn?.after ?? before
    if (redrawn) {
      outlook.days.push({ day, before, after })
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

/** Writes the derived rows that follow from a change; `booked` counts the rows that it added to the ledger. */
export async function applyChange(
  tx: Db,
  location: LockedLocation,
  { outlook, booked }: { outlook: Outlook; booked: number },
): Promise<void> {
  for (const { day, after } of outlook.days) {
    await tx
      .insert(locationDays)
      .values({ locationId: location.id, businessDay: day, ...after })
      .onDuplicateKeyUpdate({ set: after })
  }
  await tx
    .update(locationBalances)
    .set({ balance: outlook.balance, entries: location.entries + booked })
    .where(eq(locationBalances.locationId, location.id))
}

const selectBalance = (tx: Db, locationId: number) =>
  tx.select().from(locationBalances).where(eq(locationBalances.locationId, locationId)).$dynamic()

function standingOf(
  row: { balance: Litres; entries: number } | undefined,
  id: number,
  zone: string,
): LockedLocation {
  if (!row) throw new Error(`location ${id} has no balance row`)
  return { id, zone, balance: row.balance, entries: row.entries }
}

function daysOf({ added, removed }: Change, zone: string): [Day, ...Day[]] {
  const days = [added, removed].flatMap((move) => (move ? [businessDay(move.at, zone)] : []))
  const [first, ...rest] = [...new Set(days)].sort()
  if (first === undefined) throw new RangeError('a change adds a move or removes one')
  return [first, ...rest]
}

type DayRow = { day: Day; figures: DayFigures }

async function readDaysFrom(tx: Db, locationId: number, day: Day): Promise<DayRow[]> {
  const rows = await tx
    .select()
    .from(locationDays)
    .where(and(eq(locationDays.locationId, locationId), gte(locationDays.businessDay, day)))
    .orderBy(asc(locationDays.businessDay))
  return rows.map(({ locationId: _, businessDay: at, ...figures }) => ({ day: at, figures }))
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
  { day, before, change }: { day: Day; before: DayFigures; change: Change },
): Promise<Redrawn> {
  const { added, removed } = change
  const isOn = (move: Move | null) => move !== null && businessDay(move.at, location.zone) === day
  if (added && !removed && (await comesLast(tx, location, day, added))) {
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

async function comesLast(
  tx: Db,
  location: LockedLocation,
  day: Day,
  move: PlacedMove,
): Promise<boolean> {
  if (move.standing !== LAST_OF_MINUTE) return false
  const [last] = await tx
    .select({ at: entries.occurredAt })
    .from(entries)
    .where(isOfDay(location.id, day, location.zone))
    .orderBy(desc(entries.occurredAt), desc(entries.id))
    .limit(1)
  return !last || last.at <= move.at
}

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
