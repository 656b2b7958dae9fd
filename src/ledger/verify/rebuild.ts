import { and, asc, eq } from 'drizzle-orm'
import { noteStockLevel } from '#src/alerts/service.ts'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays, locations } from '#src/database/schema/locations.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { sumUpMonths } from '#src/ledger/derived.ts'
import { lockLocation } from '#src/ledger/locked.ts'
import { inLedgerOrder } from '#src/ledger/order.ts'
import { compareDerived, type Derived, readDerived } from '#src/ledger/verify/derived.ts'
import type { Report } from '#src/ledger/verify/report.ts'
import { addToSums, type DayRow, noSums, type Sums, type UseRow } from '#src/ledger/verify/sums.ts'
import { readTimeline } from '#src/ledger/verify/timeline-rows.ts'
import { writeUses } from '#src/ledger/verify/uses.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import type { System } from '#src/system.ts'
import type { Day } from '#src/units/business-day.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

/** Days and uses in one row of the audit trail: what it says is kept whole, and its column holds 64 kB. */
const DAYS_A_LINK = 100
const USES_A_LINK = 200

/**
 * Writes the derived rows anew where they are not what the entries come to, a location at a time under its lock, and
 * says each figure that it changed. Never touches an entry or a row of the audit trail.
 */
export async function rebuildBooks(system: System, say: Report): Promise<void> {
  const places = await system.db
    .select({ id: locations.id, code: locations.code })
    .from(locations)
    .orderBy(asc(locations.id))
  for (const place of places) {
    const changes = await inTransaction(system.db, (tx) => rebuildPlace(tx, system, place))
    for (const change of changes) say(change)
  }
}

type Place = { id: number; code: string }

async function rebuildPlace(tx: Db, system: System, place: Place): Promise<string[]> {
  const hadBalance = (await readDerived(tx, place.id)).balance !== null
  if (!hadBalance) await insertBalance(tx, place.id)
  const location = await lockLocation(tx, place.id, system.config.timezone)
  const derived = await readDerived(tx, place.id)
  const stored = hadBalance ? derived : { ...derived, balance: null }
  const at = system.now()
  const sums = await sumUp(tx, place.id)
  const wrong = compareDerived(place, stored, sums)
  if (wrong.length === 0) return []
  const days = [...new Set(wrong.flatMap(({ day }) => (day === null ? [] : [day])))]
  for (const day of days) await writeDay(tx, { locationId: place.id, day }, sums.days.get(day))
  const uses = await writeUses(tx, place.id, { wrong, sums })
  await sumUpMonths(tx, place.id)
  const lowSince = await noteStockLevel(tx, {
    ...location,
    locationId: place.id,
    at,
    balance: sums.balance,
    hasEntries: sums.entries > 0,
  })
  await writeBalance(tx, place.id, { ...sums, lowSince })
  await recordRebuild(tx, { at, place, stored, sums, days, uses })
  return wrong.map(({ change }) => change)
}

async function insertBalance(tx: Db, locationId: number): Promise<void> {
  await tx.insert(locationBalances).ignore().values({ locationId, balance: 0n, entries: 0 })
}

async function sumUp(tx: Db, locationId: number): Promise<Sums> {
  const sums = noSums()
  for await (const row of inLedgerOrder(readTimeline(tx, locationId))) {
    addToSums(sums, row)
    sweepNowAndThen(sums.entries)
  }
  return sums
}

async function writeBalance(
  tx: Db,
  locationId: number,
  { balance, entries, lowSince }: Sums & { lowSince: Date | null },
): Promise<void> {
  await tx
    .update(locationBalances)
    .set({ balance, entries, lowSince })
    .where(eq(locationBalances.locationId, locationId))
}

async function writeDay(
  tx: Db,
  { locationId, day }: { locationId: number; day: Day },
  figures: DayRow | undefined,
): Promise<void> {
  if (figures) {
    await tx
      .insert(locationDays)
      .values({ locationId, businessDay: day, ...figures })
      .onDuplicateKeyUpdate({ set: figures })
    return
  }
  await tx
    .delete(locationDays)
    .where(and(eq(locationDays.locationId, locationId), eq(locationDays.businessDay, day)))
}

async function recordRebuild(
  tx: Db,
  rebuilt: { at: Date; place: Place; stored: Derived; sums: Sums; days: Day[]; uses: string[] },
): Promise<void> {
  const { at, place, stored, sums, days, uses } = rebuilt
  const links = Math.max(
    1,
    Math.ceil(days.length / DAYS_A_LINK),
    Math.ceil(uses.length / USES_A_LINK),
  )
  for (let link = 0; link < links; link++) {
    const toldDays = days.slice(link * DAYS_A_LINK, (link + 1) * DAYS_A_LINK)
    const toldUses = uses.slice(link * USES_A_LINK, (link + 1) * USES_A_LINK)
    const describe = (told: Pick<Sums, 'days' | 'uses'>) => ({
      days: describeRows(toldDays, told.days),
      consumerDays: describeRows(toldUses, told.uses),
    })
    await recordChange(tx, {
      chain: ADMINISTRATION_CHAIN,
      at,
      userId: null,
      action: 'books.rebuild',
      subject: `location:${place.id}`,
      before: {
        ...describeBalance(stored.balance),
        ...describe({ days: stored.days, uses: stored.uses.rows }),
      },
      after: { ...describeBalance(sums), ...describe(sums) },
    })
  }
}

const describeBalance = (row: { balance: Litres; entries: number } | null) => ({
  balance: row && toDecimal(row.balance),
  entries: row?.entries ?? null,
})

function describeRows(told: string[], rows: Map<string, DayRow | UseRow>) {
  return Object.fromEntries(
    told.map((key) => {
      const figures = rows.get(key)
      return [key, figures ? describeFigures(figures) : null]
    }),
  )
}

const describeFigures = (figures: DayRow | UseRow) =>
  Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [
      name,
      typeof figure === 'bigint' ? toDecimal(figure) : figure,
    ]),
  )
