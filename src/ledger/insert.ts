import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'

/** Appends a row to the ledger and answers it as it stands there. A number given is left out: the database counts. */
export async function insertEntry(
  tx: Db,
  { id: _, ...row }: Omit<EntryRow, 'id'> & { id?: number },
): Promise<EntryRow> {
  const [result] = await tx.insert(entries).values(row)
  return { id: result.insertId, ...row }
}
