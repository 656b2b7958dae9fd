import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'

type Entry = typeof entries.$inferSelect

/** Books the opposite of an entry, as a correction does. Leaves the derived rows as they were. */
export async function reverse(db: Db, { id, ...original }: Entry): Promise<void> {
  const type = original.type === 'IN' ? 'OUT' : 'IN'
  await db.insert(entries).values({
    ...original,
    type,
    kind: 'reversal',
    reversesId: id,
    requestId: null,
    importId: null,
  })
}
