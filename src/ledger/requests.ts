import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import type { EntryInput } from '#src/ledger/input.ts'
import { readEntries } from '#src/ledger/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { toDecimal } from '#src/units/litres.ts'

/** The key of a write and the path it was sent to; without a key a resend cannot be told from a second booking. */
export type EntryRequest = { id: string | null; endpoint: string }

type KeyedInput = Omit<EntryInput, 'kind'> & { kind?: string | undefined; request: EntryRequest }

/** The entry that this very request booked before. Throws Rejected 409 where the key belongs to another request. */
export async function findRepeated(
  tx: Db,
  zone: string,
  actor: Actor,
  input: KeyedInput,
): Promise<EntryView | null> {
  if (input.request.id === null) return null
  const [known] = await tx
    .select({ id: entries.id, requestHash: entries.requestHash })
    .from(entries)
    .where(eq(entries.requestId, input.request.id))
  if (!known) return null
  if (known.requestHash !== hashRequest(actor, input)) {
    throw new Rejected(
      409,
      'Kunci permintaan ini sudah dipakai untuk catatan lain. Muat ulang halaman, lalu isi lagi.',
    )
  }
  const [entry] = await readEntries(tx, zone, [known.id])
  return entry ?? null
}

/** SHA-256 over the endpoint, the person and the fields as they were sent, once parsed. */
export function hashRequest(
  actor: Actor,
  { request, amount, occurredAt, ...fields }: KeyedInput,
): string {
  const { location, notes, reference, consumer, kind } = fields
  const sent = [
    toDecimal(amount),
    occurredAt?.toISOString() ?? null,
    location ?? null,
    notes,
    reference,
    consumer,
    kind ?? null,
  ]
  return createHash('sha256')
    .update(JSON.stringify([request.endpoint, actor.id, ...sent]))
    .digest('hex')
}
