import { and, asc, gt, isNull } from 'drizzle-orm'
import { chainOfLocation } from '#src/audit/service.ts'
import { type Chain, walkChain } from '#src/audit/verify.ts'
import type { Db } from '#src/database/client.ts'
import { inPages } from '#src/database/pages.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'
import { compareEntry } from '#src/ledger/verify/claims.ts'
import { verifyImports } from '#src/ledger/verify/imports.ts'
import { watchOriginals } from '#src/ledger/verify/originals.ts'
import type { Report } from '#src/ledger/verify/report.ts'
import { readStatements, type Statement } from '#src/ledger/verify/statements.ts'
import { sweepNowAndThen } from '#src/memory.ts'

const PAGE = 1_000

/** Each comes with the text of its row of the audit trail. */
const SWEEP_ROWS = 4_000

/**
 * Walks every chain of the audit trail and holds it against the books, both ways: each entry that no file brought in
 * is told of by exactly one row, column for column, and each row that tells of an entry has it.
 * All chains of locations are read side by side along the numbers of the entries, which ascend within each.
 */
export async function verifyTrail(snapshot: Db, chains: Chain[], report: Report): Promise<void> {
  const originals = watchOriginals(snapshot, report)
  const cursors = new Map<string, Cursor>()
  for (const chain of chains.filter(isOfLocation)) {
    const statements = readStatements(chain.chain, walkChain(snapshot, chain, report), report)
    cursors.set(chain.chain, await advance({ chain: chain.chain, statements, next: null }))
  }
  let read = 0
  for await (const entry of readBooked(snapshot)) {
    sweepNowAndThen(++read, SWEEP_ROWS)
    const cursor = cursors.get(chainOfLocation(entry.locationId))
    const statement = cursor && (await findStatement(cursor, entry.id, report))
    if (!cursor || !statement) {
      report(`catatan ${entry.id}: tidak ada di jejak audit`)
      continue
    }
    const difference = compareEntry(entry, statement.record)
    if (difference !== null)
      report(`catatan ${entry.id}: baris jejak audit ${statement.link.id} menyebut ${difference}`)
    checkLink(entry, statement, report)
    if (statement.original !== null) await originals.see(statement.original, statement.link.id)
    await advance(cursor)
  }
  for (const cursor of cursors.values())
    await findStatement(cursor, Number.POSITIVE_INFINITY, report)
  await originals.end()
  await verifyImports(
    snapshot,
    chains.filter((chain) => !isOfLocation(chain)),
    report,
  )
}

const isOfLocation = ({ chain }: Chain): boolean => chain.startsWith('location:')

/** Where the reading of one chain stands. */
type Cursor = { chain: string; statements: AsyncGenerator<Statement>; next: Statement | null }

async function advance(cursor: Cursor): Promise<Cursor> {
  const result = await cursor.statements.next()
  cursor.next = result.done ? null : result.value
  return cursor
}

/** What the chain says of this entry, or null. Whatever it says of earlier ones is of entries that are not there. */
async function findStatement(
  cursor: Cursor,
  entryId: number,
  report: Report,
): Promise<Statement | null> {
  while (cursor.next !== null && cursor.next.id < entryId) {
    const { id, link } = cursor.next
    report(
      `jejak audit ${cursor.chain}: baris ${link.id} menyebut catatan ${id}, yang tidak ada di buku lokasi ini`,
    )
    await advance(cursor)
  }
  return cursor.next?.id === entryId ? cursor.next : null
}

/** Every entry that a person booked, by its number. */
const readBooked = (db: Db) =>
  inPages(PAGE, (last: EntryRow | undefined) =>
    db
      .select()
      .from(entries)
      .where(and(isNull(entries.importId), gt(entries.id, last?.id ?? 0)))
      .orderBy(asc(entries.id))
      .limit(PAGE),
  )

/** A booking stands under its own number; a reversal and a replacement under that of the entry they correct. */
function checkLink(entry: EntryRow, { link }: Statement, report: Report): void {
  const subject = `entry:${entry.reversesId ?? entry.replacesId ?? entry.id}`
  if (link.subject !== subject) {
    report(
      `catatan ${entry.id}: baris jejak audit ${link.id} bertanda ${link.subject}, seharusnya ${subject}`,
    )
  }
  if (link.userId !== entry.userId) {
    report(
      `catatan ${entry.id}: baris jejak audit ${link.id} atas nama pengguna ${link.userId}, di buku pengguna ${entry.userId}`,
    )
  }
}
