import { and, asc, eq, isNotNull, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { nextTry } from '#src/alerts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { outbox } from '#src/database/schema/alerts.ts'

/** Longer than a sending may take, so that nobody else takes up what is still under way. */
const CLAIM_MS = 90_000
const LONGEST_REASON = 500

/** A message in this process's hands until `claimedUntil`. */
export type Claim = Pick<
  typeof outbox.$inferSelect,
  'id' | 'deliveryId' | 'channel' | 'payload' | 'createdAt'
> & {
  /** This one included. */
  attempts: number
  claimedUntil: Date
}

/** Takes the message that has been due longest; null where there is none. */
export async function claimNext(db: Db, now: Date): Promise<Claim | null> {
  for (;;) {
    const [due] = await selectDue(db, now)
    if (!due) return null
    const claimedUntil = new Date(now.getTime() + CLAIM_MS)
    const attempts = due.attempts + 1
    const [taken] = await db
      .update(outbox)
      .set({ claimedUntil, attempts })
      .where(and(eq(outbox.id, due.id), eq(outbox.attempts, due.attempts), isFree(now)))
    if (taken.affectedRows === 1) return { ...due, attempts, claimedUntil }
  }
}

/** `note`: what was not quite as wished, such as a recipient that was refused. */
export async function markDelivered(
  db: Db,
  claim: Claim,
  { at, note }: { at: Date; note: string | null },
): Promise<void> {
  await settle(db, claim, { deliveredAt: at, dueAt: null, lastError: cut(note) })
}

/** Lets go of a message for good. */
export async function giveUp(
  db: Db,
  claim: Claim,
  { at, reason }: { at: Date; reason: string },
): Promise<void> {
  await settle(db, claim, { givenUpAt: at, dueAt: null, lastError: cut(reason) })
}

/** Puts a message back to be tried again later, or gives it up where it has grown too old; answers when, or null. */
export async function putBack(
  db: Db,
  claim: Claim,
  { at, reason }: { at: Date; reason: string },
): Promise<Date | null> {
  const dueAt = nextTry({ ...claim, now: at })
  if (dueAt) await settle(db, claim, { dueAt, lastError: cut(reason) })
  else await giveUp(db, claim, { at, reason })
  return dueAt
}

/** Messages of one location and channel go out in their order: news of a recovery must not come before the shortage. */
function selectDue(db: Db, now: Date) {
  const earlier = alias(outbox, 'earlier')
  const isOvertaking = db
    .select({ one: sql`1` })
    .from(earlier)
    .where(
      and(
        eq(earlier.locationId, outbox.locationId),
        eq(earlier.channel, outbox.channel),
        lt(earlier.id, outbox.id),
        isNotNull(earlier.dueAt),
      ),
    )
  return db
    .select({
      id: outbox.id,
      deliveryId: outbox.deliveryId,
      channel: outbox.channel,
      payload: outbox.payload,
      createdAt: outbox.createdAt,
      attempts: outbox.attempts,
    })
    .from(outbox)
    .where(and(lte(outbox.dueAt, now), isFree(now), notExists(isOvertaking)))
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(1)
}

const isFree = (now: Date) => or(isNull(outbox.claimedUntil), lte(outbox.claimedUntil, now))

/** Only as long as it is still in our hands: after its time another process may have taken it up. */
async function settle(
  db: Db,
  { id, claimedUntil }: Claim,
  outcome: Partial<typeof outbox.$inferInsert>,
): Promise<void> {
  await db
    .update(outbox)
    .set({ ...outcome, claimedUntil: null })
    .where(and(eq(outbox.id, id), eq(outbox.claimedUntil, claimedUntil)))
}

const cut = (text: string | null): string | null => text?.slice(0, LONGEST_REASON) ?? null
