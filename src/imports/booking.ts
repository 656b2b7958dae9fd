import { eq, inArray, max, min, sql } from 'drizzle-orm'
import { noteStockLevel } from '#src/alerts/service.ts'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { DatabaseAway } from '#src/database/errors.ts'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
import { entries, imports } from '#src/database/schema/transactions.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { judge, type Verdict } from '#src/imports/judgement.ts'
import { checkFileOpening } from '#src/imports/openings.ts'
import type { Place } from '#src/imports/places.ts'
import { sumUpMonths } from '#src/ledger/derived.ts'
import { type LockedLocation, lockLocation } from '#src/ledger/locked.ts'
import { LocationInput } from '#src/locations/input.ts'
import { addLocation } from '#src/locations/service.ts'
import type { System } from '#src/system.ts'
import { toDecimal } from '#src/units/litres.ts'

/** What is to be booked: the rows stand in the staging table of the same connection. */
export type StagedFile = {
  actor: { id: number }
  fileName: string
  fileHash: string
  places: Place[]
  dryRun: boolean
}

export type PlaceVerdict = Verdict & { place: Place }

const MAX_TRIES = 3
const MAX_FILE_NAME = 255

/**
 * Books the staged rows in one transaction, or nothing: where there is a breach, nothing new, or only a rehearsal.
 * Throws Rejected where an opening stock would not be its location's beginning.
 */
export async function bookStaged(
  db: Db,
  system: System,
  file: StagedFile,
): Promise<{ isBooked: boolean; verdicts: PlaceVerdict[] }> {
  for (let attempt = 1; ; attempt++) {
    try {
      const verdicts = await inTransaction(db, (tx) => bookOnce(tx, system, file))
      return { isBooked: true, verdicts }
    } catch (error) {
      if (error instanceof NothingBooked) return { isBooked: false, verdicts: error.verdicts }
      if (!(error instanceof DatabaseAway) || attempt === MAX_TRIES) throw error
    }
  }
}

/** Rolls the transaction back and carries out what it found. */
class NothingBooked extends Error {
  override name = 'NothingBooked'
  constructor(readonly verdicts: PlaceVerdict[]) {
    super('nothing was booked')
  }
}

async function bookOnce(tx: Db, system: System, file: StagedFile): Promise<PlaceVerdict[]> {
  const now = system.now()
  const by = { at: now, userId: file.actor.id }
  const locked = await lockPlaces(tx, file.places, { by, zone: system.config.timezone })
  await dropBookedRows(tx)
  const verdicts: PlaceVerdict[] = []
  for (const { place, location } of locked) {
    await checkFileOpening(tx, place, location)
    verdicts.push({ place, ...(await judge(tx, place, location)) })
  }
  const isBroken = verdicts.some(({ breach }) => breach !== null)
  const isEmpty = verdicts.every((verdict) => countEntries(verdict) === 0)
  if (isBroken || isEmpty || file.dryRun) throw new NothingBooked(verdicts)

  const [made] = await tx.insert(imports).values({
    fileName: [...file.fileName].slice(0, MAX_FILE_NAME).join(''),
    fileHash: file.fileHash,
    userId: file.actor.id,
    recordedAt: now,
  })
  await insertEntries(tx, { importId: made.insertId, locked, by })
  for (const [index, { location }] of locked.entries()) {
    const verdict = verdicts[index]
    if (verdict) await writeDerived(tx, location, { verdict, at: now })
  }
  await recordImport(tx, { importId: made.insertId, file, by, verdicts })
  return verdicts
}

type LockedPlace = { place: Place; location: LockedLocation }
type By = { at: Date; userId: number }

/** Locks in the order that all writers keep, by id; then makes the locations that are not there yet. */
async function lockPlaces(
  tx: Db,
  places: Place[],
  { by, zone }: { by: By; zone: string },
): Promise<LockedPlace[]> {
  const codes = places.map(({ code }) => code)
  const rows = await tx.select().from(locations).where(inArray(locations.code, codes))
  const ids = new Map(rows.map((row) => [row.code, row.id]))
  const isKnown = (place: Place) => ids.has(place.code)
  const idOf = (place: Place) => ids.get(place.code) ?? 0
  const known = places.filter(isKnown).sort((a, b) => idOf(a) - idOf(b))
  const locked: LockedPlace[] = []
  for (const place of known)
    locked.push({ place, location: await lockLocation(tx, idOf(place), zone) })
  for (const place of places) {
    if (isKnown(place)) continue
    const made = await addLocation(
      tx,
      by,
      LocationInput.parse({ code: place.code, name: place.code }),
    )
    locked.push({ place, location: await lockLocation(tx, made.id, zone) })
  }
  return locked.sort((a, b) => a.place.key - b.place.key)
}

/** A row whose mark is in the books was booked before, whatever has become of it since. */
async function dropBookedRows(tx: Db): Promise<void> {
  // The order of the join is stated: the staged rows have no index on their marks, the books have.
  await tx.execute(
    sql`delete import_rows from import_rows straight_join ${entries} on ${entries.requestId} = import_rows.request_id`,
  )
}

/** In the order of the ledger, so that ids ascend with it. */
async function insertEntries(
  tx: Db,
  { importId, locked, by }: { importId: number; locked: LockedPlace[]; by: By },
): Promise<void> {
  const ids = sql.join(
    locked.map(({ location }) => sql`${location.id}`),
    sql`, `,
  )
  const recordedAt = sql.param(by.at, entries.recordedAt)
  await tx.execute(sql`
    insert into ${entries} (type, kind, litres, location_id, occurred_at, business_day, recorded_at,
      user_id, notes, reference, request_id, import_id, over_capacity)
    select r.type, r.kind, r.litres, elt(r.place, ${ids}), r.occurred_at, r.business_day, ${recordedAt},
      ${by.userId}, r.notes, r.reference, r.request_id, ${importId}, o.file_rank is not null
    from import_rows r left join import_overfull o on o.file_rank = r.file_rank
    order by r.occurred_at, r.file_rank`)
}

/** The days are written while the file is judged; months, balance and alerts follow from them. */
async function writeDerived(
  tx: Db,
  location: LockedLocation,
  { verdict, at }: { verdict: Verdict; at: Date },
): Promise<void> {
  const { balance } = verdict
  await sumUpMonths(tx, location.id)
  const lowSince = await noteStockLevel(tx, { ...location, locationId: location.id, at, balance })
  await tx
    .update(locationBalances)
    .set({ balance, entries: location.entries + countEntries(verdict), lowSince })
    .where(eq(locationBalances.locationId, location.id))
}

async function recordImport(
  tx: Db,
  {
    importId,
    file,
    by,
    verdicts,
  }: { importId: number; file: StagedFile; by: By; verdicts: PlaceVerdict[] },
): Promise<void> {
  const [ids] = await tx
    .select({ first: min(entries.id), last: max(entries.id) })
    .from(entries)
    .where(eq(entries.importId, importId))
  const sum = (part: (verdict: Verdict) => bigint) =>
    toDecimal(verdicts.reduce((total, verdict) => total + part(verdict), 0n))
  await recordChange(tx, {
    chain: ADMINISTRATION_CHAIN,
    at: by.at,
    userId: by.userId,
    action: 'import.book',
    subject: `import:${importId}`,
    after: {
      fileName: file.fileName,
      fileHash: file.fileHash,
      rows: verdicts.reduce((total, verdict) => total + countEntries(verdict), 0),
      litresIn: sum((verdict) => verdict.litresIn + verdict.openingLitres),
      litresOut: sum((verdict) => verdict.litresOut),
      firstId: ids?.first,
      lastId: ids?.last,
    },
  })
}

const countEntries = ({ rowsIn, rowsOut, openingLitres }: Verdict): number =>
  rowsIn + rowsOut + (openingLitres > 0n ? 1 : 0)
