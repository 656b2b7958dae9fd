import { and, asc, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { verifyChains } from '#src/audit/verify.ts'
import { type Db, inSnapshot } from '#src/database/client.ts'
import { locationBalances, locationDays, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isAfter, reversal } from '#src/ledger/queries.ts'
import { appendMove, type DayFigures, QUIET_DAY, signed } from '#src/ledger/rules.ts'
import type { System } from '#src/system.ts'
import {
  businessDay,
  type Day,
  formatDay,
  formatDayClock,
  wallClock,
} from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

/** Gets each difference as a sentence. */
export type Report = (difference: string) => void

const PAGE = 5_000

const original = alias(entries, 'original')

/**
 * Recomputes every derived row from the entries, and every audit chain from its links, in one snapshot:
 * what is booked meanwhile shows no difference. Memory does not grow with the number of entries.
 */
export async function verifyBooks(
  system: System,
  report: Report,
): Promise<{ entries: number; differences: number }> {
  const found = { entries: 0, differences: 0 }
  const count: Report = (difference) => {
    found.differences++
    report(difference)
  }
  await inSnapshot(system.db, async (snapshot) => {
    const places = await snapshot
      .select({ id: locations.id, code: locations.code })
      .from(locations)
      .orderBy(asc(locations.id))
    for (const place of places) {
      found.entries += await verifyLocation(
        snapshot,
        { ...place, zone: system.config.timezone },
        count,
      )
    }
    await verifyChains(snapshot, count)
  })
  return found
}

type Place = { id: number; code: string; zone: string }
type Sums = { balance: Litres; entries: number; days: Map<Day, DayFigures> }

async function verifyLocation(snapshot: Db, place: Place, report: Report): Promise<number> {
  const sums: Sums = { balance: 0n, entries: 0, days: new Map() }
  let isBroken = false
  for await (const row of readTimeline(snapshot, place.id)) {
    checkRow(row, place, report)
    addToSums(sums, row)
    if (sums.balance < 0n && !isBroken) {
      isBroken = true
      const at = formatDayClock(wallClock(row.occurredAt, place.zone))
      report(
        `${place.code}: pada ${at} stok menjadi ${formatLitres(sums.balance)} liter (catatan ${row.id})`,
      )
    }
  }
  await compareBalance(snapshot, place, sums, report)
  await compareDays(snapshot, place, sums.days, report)
  return sums.entries
}

type TimelineRow = Awaited<ReturnType<typeof readPage>>[number]

async function* readTimeline(snapshot: Db, locationId: number): AsyncGenerator<TimelineRow> {
  let last: TimelineRow | undefined
  do {
    const page = await readPage(snapshot, locationId, last)
    yield* page
    last = page[PAGE - 1]
  } while (last)
}

async function readPage(
  snapshot: Db,
  locationId: number,
  last: { occurredAt: Date; id: number } | undefined,
) {
  const isLater = last && isAfter({ at: last.occurredAt, id: last.id })
  return snapshot
    .select({
      id: entries.id,
      type: entries.type,
      kind: entries.kind,
      litres: entries.litres,
      occurredAt: entries.occurredAt,
      businessDay: entries.businessDay,
      reversesId: entries.reversesId,
      reversedById: reversal.id,
      original: {
        type: original.type,
        kind: original.kind,
        litres: original.litres,
        occurredAt: original.occurredAt,
        locationId: original.locationId,
      },
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .leftJoin(original, eq(original.id, entries.reversesId))
    .where(and(eq(entries.locationId, locationId), isLater))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
    .limit(PAGE)
}

/** What must hold of one entry by itself: its business day, and that a reversal is the exact opposite of its original. */
function checkRow(row: TimelineRow, place: Place, report: Report): void {
  const day = businessDay(row.occurredAt, place.zone)
  if (row.businessDay !== day)
    report(`catatan ${row.id}: hari buku ${row.businessDay}, seharusnya ${day}`)
  const isReversal = row.kind === 'reversal'
  if (isReversal !== (row.reversesId !== null))
    report(`catatan ${row.id}: jenis dan rujukan perbaikan tidak cocok`)
  if (row.original === null) return
  const { type, kind, litres, occurredAt, locationId } = row.original
  const isOpposite =
    type !== row.type &&
    kind !== 'reversal' &&
    litres === row.litres &&
    locationId === place.id &&
    occurredAt.getTime() === row.occurredAt.getTime()
  if (!isOpposite) report(`catatan ${row.id}: bukan kebalikan dari catatan ${row.reversesId}`)
}

function addToSums(sums: Sums, row: TimelineRow): void {
  sums.entries++
  const day = sums.days.get(row.businessDay) ?? QUIET_DAY
  const isCounted = row.reversesId === null && row.reversedById === null
  if (isCounted) sums.balance += signed(row)
  sums.days.set(row.businessDay, isCounted ? appendMove(day, row) : day)
}

async function compareBalance(
  snapshot: Db,
  place: Place,
  sums: Sums,
  report: Report,
): Promise<void> {
  const [stored] = await snapshot
    .select()
    .from(locationBalances)
    .where(eq(locationBalances.locationId, place.id))
  if (!stored) return report(`${place.code}: baris sisa tidak ada`)
  if (stored.balance !== sums.balance) {
    report(
      `${place.code}: sisa tersimpan ${formatLitres(stored.balance)}, seharusnya ${formatLitres(sums.balance)} liter`,
    )
  }
  if (stored.entries !== sums.entries) {
    report(`${place.code}: jumlah catatan tersimpan ${stored.entries}, seharusnya ${sums.entries}`)
  }
}

const FIGURES = [
  'net',
  'litresIn',
  'litresOut',
  'entriesIn',
  'entriesOut',
  'lowest',
  'highest',
] as const

/** A day of which every entry was reversed may keep a row of zeros, or have none. */
async function compareDays(
  snapshot: Db,
  place: Place,
  days: Map<Day, DayFigures>,
  report: Report,
): Promise<void> {
  const rows = await snapshot
    .select()
    .from(locationDays)
    .where(eq(locationDays.locationId, place.id))
    .orderBy(asc(locationDays.businessDay))
  const stored = new Map(rows.map((row) => [row.businessDay, row]))
  for (const day of [...new Set([...days.keys(), ...stored.keys()])].sort()) {
    const [is, should] = [stored.get(day) ?? QUIET_DAY, days.get(day) ?? QUIET_DAY]
    for (const name of FIGURES) {
      if (is[name] === should[name]) continue
      report(
        `${place.code} ${formatDay(day)}: ${name} tersimpan ${show(is[name])}, seharusnya ${show(should[name])}`,
      )
    }
  }
}

const show = (figure: Litres | number): string =>
  typeof figure === 'bigint' ? `${formatLitres(figure)} liter` : String(figure)
