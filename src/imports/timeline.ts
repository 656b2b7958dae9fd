import { and, asc, eq, gt, gte, or, type SQL } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { importRows } from '#src/imports/tables.ts'
import type { EntryKind } from '#src/ledger/entry-view.ts'
import { inLedgerOrder, isAfter } from '#src/ledger/order.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import type { Move } from '#src/ledger/rules.ts'
import type { Day } from '#src/units/business-day.ts'

/** A move of the books, which has an id, or of the file, which has a rank. */
export type MergedMove = Move & { businessDay: Day; kind: EntryKind } & (
    | { id: number; fileRank: null }
    | { id: null; fileRank: number }
  )

const PAGE = 2_000

/**
 * What counts at one location from a moment on, in the order of the ledger: within a minute the books come first,
 * since the rows of the file will get higher ids.
 */
export async function* mergeTimelines(
  tx: Db,
  { locationId, place, from }: { locationId: number; place: number; from: Date },
): AsyncGenerator<MergedMove> {
  const booked = inLedgerOrder(readBooked(tx, locationId, from))
  let next = await booked.next()
  for await (const row of readFile(tx, place)) {
    while (!next.done && next.value.at <= row.at) {
      yield next.value
      next = await booked.next()
    }
    yield row
  }
  while (!next.done) {
    yield next.value
    next = await booked.next()
  }
}

async function* readBooked(tx: Db, locationId: number, from: Date) {
  for (let isLater: SQL | undefined = gte(entries.occurredAt, from); isLater; ) {
    const page = await readBookedPage(tx, locationId, isLater)
    for (const row of page) yield { ...row, fileRank: null }
    const last = page[PAGE - 1]
    isLater = last && isAfter(last)
  }
}

function readBookedPage(tx: Db, locationId: number, isLater: SQL) {
  return tx
    .select({
      id: entries.id,
      placeOfId: entries.placeOfId,
      at: entries.occurredAt,
      type: entries.type,
      kind: entries.kind,
      litres: entries.litres,
      businessDay: entries.businessDay,
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(eq(entries.locationId, locationId), isLater, counts))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
    .limit(PAGE)
}

type FilePoint = { at: Date; fileRank: number }

async function* readFile(tx: Db, place: number): AsyncGenerator<MergedMove> {
  let last: FilePoint | undefined
  do {
    const page = await readFilePage(tx, place, last)
    for (const row of page) yield { ...row, id: null }
    last = page[PAGE - 1]
  } while (last)
}

function readFilePage(tx: Db, place: number, last: FilePoint | undefined) {
  const isLater =
    last &&
    and(
      gte(importRows.occurredAt, last.at),
      or(gt(importRows.occurredAt, last.at), gt(importRows.fileRank, last.fileRank)),
    )
  return tx
    .select({
      fileRank: importRows.fileRank,
      at: importRows.occurredAt,
      type: importRows.type,
      kind: importRows.kind,
      litres: importRows.litres,
      businessDay: importRows.businessDay,
    })
    .from(importRows)
    .where(and(eq(importRows.place, place), isLater))
    .orderBy(asc(importRows.occurredAt), asc(importRows.fileRank))
    .limit(PAGE)
}
