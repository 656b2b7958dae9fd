import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { users } from '#src/database/schema/users.ts'

export type Person = { id: number; name: string; email: string }

/** Those of these people who may sign in, in the same order. */
export async function findPeople(db: Db, ids: number[]): Promise<Person[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(and(inArray(users.id, ids), eq(users.active, true), eq(users.builtIn, false)))
  return ids.flatMap((id) => rows.filter((row) => row.id === id))
}
