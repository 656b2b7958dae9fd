import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { deviceOf } from '#src/auth/devices.ts'
import { HOUR, IDLE_HOURS, LONGEST_DAYS } from '#src/auth/sessions.ts'
import type { Db } from '#src/database/client.ts'
import { sessions } from '#src/database/schema/users.ts'

export type SessionView = {
  id: string
  /** In words: "Chrome di Windows 7". */
  device: string
  address: string
  createdAt: Date
  /** To ten minutes, as often as a browser renews its access. */
  lastSeenAt: Date
}

/** Where a person is signed in at this moment, the latest seen first. */
export async function listSessions(db: Db, userId: number, now: Date): Promise<SessionView[]> {
  const before = (hours: number) => new Date(now.getTime() - hours * HOUR)
  const rows = await db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      address: sessions.address,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.lastSeenAt, before(IDLE_HOURS)),
        gt(sessions.createdAt, before(LONGEST_DAYS * 24)),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.createdAt), desc(sessions.id))
  return rows.map(({ userAgent, ...row }) => ({ ...row, device: deviceOf(userAgent) }))
}
