import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { slot } from '#src/database/prepared.ts'
import { accessLogs, auditChains, systemLogs } from '#src/database/schema/audit.ts'
import { sendTogether, type Write, written } from '#src/database/together.ts'

export const ADMINISTRATION_CHAIN = 'administration'
export const chainOfLocation = (locationId: number): string => `location:${locationId}`

/** The hash before the first link of a chain. */
export const GENESIS_HASH = '0'.repeat(64)

export type Change = {
  chain: string
  at: Date
  userId: number | null
  action: string
  subject: string
  before?: unknown
  after?: unknown
}

/** A link as it is stored: what its hash is taken over, byte for byte. */
export type Link = Pick<
  typeof systemLogs.$inferSelect,
  | 'chain'
  | 'position'
  | 'recordedAt'
  | 'userId'
  | 'action'
  | 'subject'
  | 'before'
  | 'after'
  | 'previousHash'
>

/**
 * Adds a row to the audit trail, in the caller's transaction, which holds its other locks already: the chain is the last
 * to be locked. Changes of people alone lock the administration's chain first, since they take turns by it
 * (`lockAdministration`); where that crosses a change of places, one of the two is tried again.
 */
export async function recordChange(tx: Db, change: Change): Promise<void> {
  const [head] = await tx
    .select()
    .from(auditChains)
    .where(eq(auditChains.chain, change.chain))
    .for('update')
  if (!head) throw new Error(`there is no audit chain ${change.chain}`)
  await sendTogether(tx, writesOfLink(head, change))
}

/** How long a chain is and what its last link's hash was. */
export type ChainHead = Pick<typeof auditChains.$inferSelect, 'length' | 'headHash'>

/** What adds the row, where the caller holds the chain's lock already and knows its head. */
export function writesOfLink(head: ChainHead, change: Change): Write[] {
  const link: Link = {
    chain: change.chain,
    position: head.length + 1,
    recordedAt: change.at,
    userId: change.userId,
    action: change.action,
    subject: change.subject,
    before: change.before === undefined ? null : JSON.stringify(change.before),
    after: change.after === undefined ? null : JSON.stringify(change.after),
    previousHash: head.headHash,
  }
  const hash = hashLink(link)
  return [
    insertLink({ ...link, hash }),
    moveHead({ chain: change.chain, length: link.position, headHash: hash }),
  ]
}

const insertLink = written<typeof systemLogs.$inferInsert>((db) =>
  db.insert(systemLogs).values({
    chain: slot(systemLogs.chain, 'chain'),
    position: slot(systemLogs.position, 'position'),
    recordedAt: slot(systemLogs.recordedAt, 'recordedAt'),
    userId: slot(systemLogs.userId, 'userId'),
    action: slot(systemLogs.action, 'action'),
    subject: slot(systemLogs.subject, 'subject'),
    before: slot(systemLogs.before, 'before'),
    after: slot(systemLogs.after, 'after'),
    previousHash: slot(systemLogs.previousHash, 'previousHash'),
    hash: slot(systemLogs.hash, 'hash'),
  }),
)

const moveHead = written<ChainHead & { chain: string }>((db) =>
  db
    .update(auditChains)
    .set({
      length: slot(auditChains.length, 'length'),
      headHash: slot(auditChains.headHash, 'headHash'),
    })
    .where(eq(auditChains.chain, sql.placeholder('chain'))),
)

export async function openChain(tx: Db, chain: string): Promise<void> {
  await tx.insert(auditChains).values({ chain, length: 0, headHash: GENESIS_HASH })
}

/** SHA-256 over the previous hash and every stored field, in a fixed order. */
export function hashLink(link: Link): string {
  const { chain, position, recordedAt, userId, action, subject, before, after, previousHash } = link
  const fields = [chain, position, recordedAt.toISOString(), userId, action, subject, before, after]
  return createHash('sha256')
    .update(`${previousHash}\n${JSON.stringify(fields)}`)
    .digest('hex')
}

/** Writes down a sign-in, a failure or a refusal. */
export async function recordAccess(
  db: Db,
  access: {
    at: Date
    action: string
    userId: number | null
    detail: string
    address: string
    userAgent: string
  },
): Promise<void> {
  await db.insert(accessLogs).values({
    recordedAt: access.at,
    action: access.action,
    userId: access.userId,
    detail: access.detail.slice(0, 255),
    address: access.address.slice(0, 45),
    userAgent: access.userAgent.slice(0, 255),
  })
}
