import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'

export type UserView = Awaited<ReturnType<typeof listUsers>>[number]

/** Everybody with an account, by name; the system's own accounts are left out. */
export async function listUsers(db: Db) {
  return selectUsers(db).where(eq(users.builtIn, false)).orderBy(asc(users.name), asc(users.id))
}

/** Any account, the system's own too: files are booked in the name of one. */
export async function findUser(db: Db, id: number): Promise<UserView | null> {
  const [row] = await selectUsers(db).where(eq(users.id, id))
  return row ?? null
}

/** Somebody of the list; the system's own accounts are nobody's to change. */
export async function findPerson(db: Db, id: number): Promise<UserView | null> {
  const [row] = await selectUsers(db).where(and(eq(users.id, id), eq(users.builtIn, false)))
  return row ?? null
}

/** What sign-in needs to know of an account. */
export async function findAccount(db: Db, email: string) {
  const [row] = await db
    .select({ id: users.id, passwordHash: users.passwordHash, active: users.active })
    .from(users)
    .where(eq(users.email, email))
  return row ?? null
}

function selectUsers(db: Db) {
  return db
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      role: users.role,
      location: locations.code,
      active: users.active,
    })
    .from(users)
    .leftJoin(locations, eq(locations.id, users.locationId))
    .$dynamic()
}
