import type { Db } from '#src/database/client.ts'
import { prepared, slot } from '#src/database/prepared.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'

/** Appends a row to the ledger and answers it as it stands there. A number given is left out: the database counts. */
export async function insertEntry(
  tx: Db,
  { id: _, ...row }: Omit<EntryRow, 'id'> & { id?: number },
): Promise<EntryRow> {
  const [result] = await insertRow(tx, row)
  return { id: result.insertId, ...row }
}

const insertRow = prepared((tx) =>
  tx.insert(entries).values({
    type: slot(entries.type, 'type'),
    kind: slot(entries.kind, 'kind'),
    litres: slot(entries.litres, 'litres'),
    locationId: slot(entries.locationId, 'locationId'),
    occurredAt: slot(entries.occurredAt, 'occurredAt'),
    businessDay: slot(entries.businessDay, 'businessDay'),
    recordedAt: slot(entries.recordedAt, 'recordedAt'),
    userId: slot(entries.userId, 'userId'),
    notes: slot(entries.notes, 'notes'),
    reference: slot(entries.reference, 'reference'),
    consumerId: slot(entries.consumerId, 'consumerId'),
    requestId: slot(entries.requestId, 'requestId'),
    requestHash: slot(entries.requestHash, 'requestHash'),
    reversesId: slot(entries.reversesId, 'reversesId'),
    replacesId: slot(entries.replacesId, 'replacesId'),
    placeOfId: slot(entries.placeOfId, 'placeOfId'),
    importId: slot(entries.importId, 'importId'),
    overCapacity: slot(entries.overCapacity, 'overCapacity'),
  }),
)
