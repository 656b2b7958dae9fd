import { asc, eq, getTableColumns, gt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { inPages } from '#src/database/pages.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'
import { reversal } from '#src/ledger/reversal.ts'
import type { Report } from '#src/ledger/verify/report.ts'

const PAGE = 1_000

const original = alias(entries, 'original')

/** Every reversal against its original, and every replacement against what it replaces. */
export async function verifyPairs(snapshot: Db, report: Report): Promise<void> {
  for await (const { row, of } of readReversals(snapshot)) checkReversal(row, of, report)
  for await (const pair of readReplacements(snapshot)) checkReplacement(pair, report)
}

function checkReversal(row: EntryRow, of: EntryRow | null, report: Report): void {
  const isOpposite =
    of !== null &&
    of.kind !== 'reversal' &&
    of.type !== row.type &&
    of.litres === row.litres &&
    of.locationId === row.locationId &&
    of.occurredAt.getTime() === row.occurredAt.getTime()
  if (!isOpposite) report(`catatan ${row.id}: bukan kebalikan dari catatan ${row.reversesId}`)
}

type Replacement = Awaited<ReturnType<typeof readReplacementPage>>[number]

function checkReplacement({ row, of, reversedBy }: Replacement, report: Report): void {
  const { id, replacesId } = row
  if (of === null || reversedBy === null) {
    report(`catatan ${id}: pengganti catatan ${replacesId}, yang tidak dibalik`)
    return
  }
  const isAlike = of.locationId === row.locationId && of.type === row.type && of.kind === row.kind
  if (!isAlike) report(`catatan ${id}: lokasi atau jenisnya bukan dari catatan ${replacesId}`)
  const isTogether =
    row.recordedAt.getTime() === reversedBy.recordedAt.getTime() && row.id > reversedBy.id
  if (!isTogether) report(`catatan ${id}: tidak dibukukan bersama pembalikan ${reversedBy.id}`)
  const isSameMinute = row.occurredAt.getTime() === of.occurredAt.getTime()
  const placeOfId = isSameMinute ? (of.placeOfId ?? of.id) : null
  if (row.placeOfId !== placeOfId)
    report(
      `catatan ${id}: tempat di menitnya ${show(row.placeOfId)}, seharusnya ${show(placeOfId)}`,
    )
}

const show = (placeOfId: number | null): string =>
  placeOfId === null ? 'nomornya sendiri' : `catatan ${placeOfId}`

const readReversals = (db: Db) =>
  inPages(PAGE, (last: { row: EntryRow; of: EntryRow | null } | undefined) =>
    db
      .select({ row: getTableColumns(entries), of: getTableColumns(original) })
      .from(entries)
      .leftJoin(original, eq(original.id, entries.reversesId))
      .where(gt(entries.reversesId, last?.row.reversesId ?? 0))
      .orderBy(asc(entries.reversesId))
      .limit(PAGE),
  )

const readReplacements = (db: Db) =>
  inPages(PAGE, (last: Replacement | undefined) =>
    readReplacementPage(db, last?.row.replacesId ?? 0),
  )

async function readReplacementPage(db: Db, after: number) {
  return db
    .select({
      row: getTableColumns(entries),
      of: getTableColumns(original),
      reversedBy: getTableColumns(reversal),
    })
    .from(entries)
    .leftJoin(original, eq(original.id, entries.replacesId))
    .leftJoin(reversal, eq(reversal.reversesId, entries.replacesId))
    .where(gt(entries.replacesId, after))
    .orderBy(asc(entries.replacesId))
    .limit(PAGE)
}
