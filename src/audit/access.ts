import { eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { AccessFilter } from '#src/audit/input.ts'
import { findPage, inOrderOf, type TrailPage } from '#src/audit/walk.ts'
import { type Asked, chooseWay, writtenIn } from '#src/audit/ways.ts'
import type { Db } from '#src/database/client.ts'
import { accessLogs } from '#src/database/schema/audit.ts'
import { users } from '#src/database/schema/users.ts'
import { type WallClock, wallClock } from '#src/units/business-day.ts'

/** A sign-in, a refusal, a file that was taken. */
export type AccessView = {
  id: number
  clock: WallClock
  /** Null where it was nobody who is known. */
  by: string | null
  /** As it is stored: "sign-in.failed". */
  action: string
  detail: string
  address: string
  userAgent: string
}

type Found = Omit<TrailPage, 'ids'> & { accesses: AccessView[] }

/** A page of sign-ins, refusals and files taken, the newest first. */
export async function readAccesses(
  db: Db,
  { filter, limit, zone }: { filter: AccessFilter; limit: number; zone: string },
): Promise<Found> {
  const { before, after, address } = filter
  const way = await chooseWay(db, accessLogs, {
    asked: askedOf(filter),
    period: writtenIn(accessLogs, filter, zone),
    timeIndex: 'access_logs_time',
    others: address === undefined ? undefined : eq(accessLogs.address, address),
  })
  const { ids, ...page } = await findPage(db, way, { place: { before, after, limit }, zone })
  const rows = ids.length === 0 ? [] : await readViews(db, ids, zone)
  return { ...page, accesses: inOrderOf(ids, rows) }
}

function askedOf({ user, action }: AccessFilter): Asked[] {
  const asked: Asked[] = []
  if (user !== undefined)
    asked.push({ condition: isBy(user), index: 'access_logs_user', order: 'number' })
  if (action !== undefined) {
    const condition = eq(accessLogs.action, action)
    asked.push({ condition, index: 'access_logs_action', order: 'number' })
  }
  return asked
}

const isBy = (user: number | null): SQL =>
  user === null ? isNull(accessLogs.userId) : eq(accessLogs.userId, user)

async function readViews(db: Db, ids: number[], zone: string): Promise<AccessView[]> {
  const rows = await db
    .select({
      id: accessLogs.id,
      at: accessLogs.recordedAt,
      by: users.name,
      action: accessLogs.action,
      detail: accessLogs.detail,
      address: accessLogs.address,
      userAgent: accessLogs.userAgent,
    })
    .from(accessLogs)
    .leftJoin(users, eq(users.id, accessLogs.userId))
    .where(inArray(accessLogs.id, ids))
  return rows.map(({ at, ...row }) => ({ ...row, clock: wallClock(at, zone) }))
}
