import { randomBytes } from 'node:crypto'
import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { countChanges, countLow } from '#src/auth/counts-in-reach.ts'
import type { Actor } from '#src/auth/permissions.ts'
import { hashToken, successorOf } from '#src/auth/tokens.ts'
import type { Db } from '#src/database/client.ts'
import { prepared, slots } from '#src/database/prepared.ts'
import { locations } from '#src/database/schema/locations.ts'
import { refreshTokens, sessions, users } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { Rejected } from '#src/rejected.ts'
import { shareBatches } from '#src/share-batches.ts'
import type { System } from '#src/system.ts'

export type Session = {
  id: string
  actor: Actor
  /** How many of the locations that this person works at are under their threshold. */
  lowLocations: number
  /** How much was ever changed within this person's reach: another number, and a page may look different. */
  changes: number
  /** When an old token of this person was used again, as long as they have not read of it. */
  reuseNoticedAt: Date | null
  /** An admin made the password up: nothing else can be done before the person has chosen one. */
  mustChangePassword: boolean
}
export type Origin = { address: string; userAgent: string }
export type EndReason = NonNullable<(typeof sessions.$inferSelect)['endReason']>

export const IDLE_HOURS = 24
export const LONGEST_DAYS = 30
export const HOUR = 3_600_000

export const REFRESH_TOKEN_SECONDS = LONGEST_DAYS * 24 * 3600

export type Opened = { sessionId: string; refreshToken: string }

/** Opens a session and its family of refresh tokens; answers the first of them. */
export function openSession(system: System, userId: number, origin: Origin): Promise<Opened> {
  return inTransaction(system.db, (tx) => beginSession(tx, system, { userId, origin }))
}

/** The same within a transaction that looks at the account first. */
export async function beginSession(
  tx: Db,
  system: System,
  { userId, origin }: { userId: number; origin: Origin },
): Promise<Opened> {
  const sessionId = randomBytes(16).toString('hex')
  const refreshToken = randomBytes(32).toString('base64url')
  await addSession(tx, system.now(), { sessionId, refreshToken, userId, origin })
  return { sessionId, refreshToken }
}

/**
 * Ends every session of a person, whose password is another from now on, and goes on with one in place of `session`: what
 * was stolen before is worth nothing. The new one follows from the old one and the request, so that the answer to a form
 * that was sent twice is the same. Throws Rejected 401 where the old one has ended meanwhile.
 */
export async function succeedSession(
  tx: Db,
  system: System,
  { session, requestId, origin }: { session: Session; requestId: string; origin: Origin },
): Promise<void> {
  const now = system.now()
  const sessionId = session.id
  if (!(await lockSession(tx, system, sessionId)))
    throw new Rejected(401, 'Sesi sudah berakhir. Masuk lagi.')
  const userId = session.actor.id
  await endSessionsOf(tx, now, userId, 'password')
  const successor = successorOf(system, { sessionId, requestId })
  await addSession(tx, now, { ...successor, userId, origin })
}

async function addSession(
  tx: Db,
  now: Date,
  opened: { sessionId: string; refreshToken: string; userId: number; origin: Origin },
): Promise<void> {
  const { sessionId, refreshToken, userId, origin } = opened
  await tx.insert(sessions).values({
    id: sessionId,
    userId,
    createdAt: now,
    lastSeenAt: now,
    address: origin.address.slice(0, 45),
    userAgent: origin.userAgent.slice(0, 255),
    reuseNoticedAt: await findReuse(tx, userId),
  })
  await tx
    .insert(refreshTokens)
    .values({ hash: hashToken(refreshToken), sessionId, createdAt: now })
}

/** The latest reuse of a token that this person has not read of. */
async function findReuse(tx: Db, userId: number): Promise<Date | null> {
  const [last] = await tx
    .select({ at: sessions.reuseNoticedAt })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNotNull(sessions.reuseNoticedAt)))
    .orderBy(desc(sessions.reuseNoticedAt))
    .limit(1)
  return last?.at ?? null
}

/** The session and its person, or null where it has ended, idled out or its person may no longer sign in. */
export function findSession(system: System, sessionId: string): Promise<Session | null> {
  const find = finders.get(system) ?? shareBatches(LOOK_UPS, (ids) => lookUpSessions(system, ids))
  finders.set(system, find)
  return find(sessionId)
}

/** At a time; who comes while so many are under way is looked up together with all others who do. */
const LOOK_UPS = 2
const finders = new WeakMap<System, (sessionId: string) => Promise<Session | null>>()

async function lookUpSessions(system: System, ids: string[]): Promise<Map<string, Session>> {
  const rows = await selectSession(system.db, { ids })
  return new Map(rows.filter((row) => isAlive(system, row)).map((row) => [row.id, toSession(row)]))
}

/** The same while nobody else can exchange its tokens, until the transaction ends. */
export async function lockSession(
  tx: Db,
  system: System,
  sessionId: string,
): Promise<Session | null> {
  const isThis = eq(sessions.id, sessionId)
  await tx.select({ id: sessions.id }).from(sessions).where(isThis).for('update')
  const [row] = await selectSessions(tx).where(isThis)
  return row && isAlive(system, row) ? toSession(row) : null
}

/** Comes with every request. */
const selectSession = prepared((db) =>
  selectSessions(db).where(inArray(sessions.id, slots(sessions.id, 'ids'))),
)

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

function selectSessions(db: Db) {
  return db
    .select({
      id: sessions.id,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      endedAt: sessions.endedAt,
      reuseNoticedAt: sessions.reuseNoticedAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      active: users.active,
      mustChangePassword: users.mustChangePassword,
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
    reuseNoticedAt: row.reuseNoticedAt,
    mustChangePassword: row.mustChangePassword,
  }
}
