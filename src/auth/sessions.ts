import { randomBytes } from 'node:crypto'
import { and, count, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN } from '#src/audit/service.ts'
import type { Actor } from '#src/auth/permissions.ts'
import { childOf, hashToken } from '#src/auth/tokens.ts'
import type { Db } from '#src/database/client.ts'
import { prepared } from '#src/database/prepared.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
import { refreshTokens, sessions, users } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { shareNext } from '#src/share-next.ts'
import type { System } from '#src/system.ts'

export type Session = {
  id: string
  actor: Actor
  /** How many of the locations that this person works at are under their threshold. */
  lowLocations: number
  /** How much was ever changed within this person's reach: another number, and a page may look different. */
  changes: number
}
export type Origin = { address: string; userAgent: string }
export type EndReason = NonNullable<(typeof sessions.$inferSelect)['endReason']>

const IDLE_HOURS = 24
const LONGEST_DAYS = 30
const HOUR = 3_600_000
/** How long a parent still works after its child was first used: answers get lost, tabs race. */
const GRACE = 30_000

export const REFRESH_TOKEN_SECONDS = LONGEST_DAYS * 24 * 3600

/** Opens a session and its family of refresh tokens; answers the first of them. */
export async function openSession(
  system: System,
  userId: number,
  origin: Origin,
): Promise<{ sessionId: string; refreshToken: string }> {
  const now = system.now()
  const sessionId = randomBytes(16).toString('hex')
  const refreshToken = randomBytes(32).toString('base64url')
  await inTransaction(system.db, async (tx) => {
    await tx.insert(sessions).values({
      id: sessionId,
      userId,
      createdAt: now,
      lastSeenAt: now,
      address: origin.address.slice(0, 45),
      userAgent: origin.userAgent.slice(0, 255),
    })
    await tx
      .insert(refreshTokens)
      .values({ hash: hashToken(refreshToken), sessionId, createdAt: now })
  })
  return { sessionId, refreshToken }
}

/** The session and its person, or null where it has ended, idled out or its person may no longer sign in. */
export function findSession(system: System, sessionId: string): Promise<Session | null> {
  const find = finders.get(system) ?? shareNext((id) => lookUpSession(system, id))
  finders.set(system, find)
  return find(sessionId)
}

/** A page and its parts, or a program with many requests under way, ask for one session at once. */
const finders = new WeakMap<System, (sessionId: string) => Promise<Session | null>>()

async function lookUpSession(system: System, sessionId: string): Promise<Session | null> {
  const [row] = await selectSession(system.db, { sessionId })
  return row && isAlive(system, row) ? toSession(row) : null
}

/** Comes with every request. */
const selectSession = prepared((db) =>
  selectSessions(db).where(eq(sessions.id, sql.placeholder('sessionId'))),
)

/**
 * Exchanges a refresh token for its child. Parallel or repeated exchanges of one parent give the same child;
 * a parent whose child has been in use for over 30 s is taken for stolen and ends the whole family.
 */
export async function exchangeRefreshToken(
  system: System,
  token: string,
): Promise<{ session: Session; refreshToken: string } | null> {
  return inTransaction(system.db, async (tx) => {
    const [found] = await tx
      .select({ sessionId: refreshTokens.sessionId })
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, hashToken(token)))
    if (!found) return null
    const isThisSession = eq(sessions.id, found.sessionId)
    await tx.select({ id: sessions.id }).from(sessions).where(isThisSession).for('update')
    const [row] = await selectSessions(tx).where(isThisSession)
    if (!row || !isAlive(system, row)) return null
    const child = childOf(system, token)
    if (await isSpent(tx, system, child)) {
      await endSession(tx, system.now(), row.id, 'reuse')
      return null
    }
    await markUsed(tx, system, { token, child, sessionId: row.id })
    return { session: toSession(row), refreshToken: child }
  })
}

export async function endSession(
  db: Db,
  now: Date,
  sessionId: string,
  reason: EndReason,
): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: now, endReason: reason })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
}

/** Ends every session of a person: after a new role, location or password, or when deactivated. */
export async function endSessionsOf(
  db: Db,
  now: Date,
  userId: number,
  reason: EndReason,
): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: now, endReason: reason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
}

async function isSpent(tx: Db, system: System, child: string): Promise<boolean> {
  const [row] = await tx
    .select({ firstUsedAt: refreshTokens.firstUsedAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hashToken(child)))
  return Boolean(row?.firstUsedAt && system.now().getTime() > row.firstUsedAt.getTime() + GRACE)
}

async function markUsed(
  tx: Db,
  system: System,
  { token, child, sessionId }: { token: string; child: string; sessionId: string },
): Promise<void> {
  const now = system.now()
  await tx
    .update(refreshTokens)
    .set({ firstUsedAt: now })
    .where(and(eq(refreshTokens.hash, hashToken(token)), isNull(refreshTokens.firstUsedAt)))
  await tx
    .insert(refreshTokens)
    .values({ hash: hashToken(child), sessionId, createdAt: now })
    .onDuplicateKeyUpdate({ set: { hash: sql`hash` } })
  await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId))
}

function selectSessions(db: Db) {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      endedAt: sessions.endedAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      active: users.active,
      locationId: locations.id,
      locationCode: locations.code,
      locationName: locations.name,
      lowLocations: countLow(db),
      changes: countChanges(db),
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(locations, eq(locations.id, users.locationId))
    .$dynamic()
}

/** Counted with the session, so that a page on which nothing is low costs no statement more. */
function countLow(db: Db): SQL<number> {
  const low = db
    .select({ count: count() })
    .from(locationBalances)
    .innerJoin(locations, eq(locations.id, locationBalances.locationId))
    .where(
      and(
        isNotNull(locationBalances.lowSince),
        eq(locations.active, true),
        or(ne(users.role, 'operasional'), eq(locationBalances.locationId, users.locationId)),
      ),
    )
  return sql<number>`(${low})`.mapWith(Number)
}

/**
 * Links of the audit chains in reach. They come from the database, so that all processes agree, and are counted: the
 * numbers of rows need not become visible in their order.
 */
function countChanges(db: Db): SQL<number> {
  const changes = db
    .select({ count: sql`coalesce(sum(${auditChains.length}), 0)` })
    .from(auditChains)
    .where(
      or(
        ne(users.role, 'operasional'),
        eq(auditChains.chain, ADMINISTRATION_CHAIN),
        sql`${auditChains.chain} = concat('location:', ${users.locationId})`,
      ),
    )
  return sql<number>`(${changes})`.mapWith(Number)
}

type SessionRow = Awaited<ReturnType<typeof selectSessions>>[number]

function isAlive(system: System, row: SessionRow): boolean {
  const now = system.now().getTime()
  return (
    row.endedAt === null &&
    row.active &&
    now < row.lastSeenAt.getTime() + IDLE_HOURS * HOUR &&
    now < row.createdAt.getTime() + LONGEST_DAYS * 24 * HOUR
  )
}

function toSession(row: SessionRow): Session {
  const { locationId, locationCode, locationName } = row
  const location =
    locationId !== null && locationCode !== null && locationName !== null
      ? { id: locationId, code: locationCode, name: locationName }
      : null
  return {
    id: row.id,
    actor: { id: row.userId, name: row.name, email: row.email, role: row.role, location },
    lowLocations: row.lowLocations,
    changes: row.changes,
  }
}
