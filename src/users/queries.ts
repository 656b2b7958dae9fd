import { and, asc, count, desc, eq, like, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import type { UsersFilter } from '#src/users/input.ts'

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

/** What sign-in needs to know of an account. The database takes "é" for "e", and a stranger's guesses are counted by the letter. */
export async function findAccount(db: Db, email: string) {
  const [row] = await db
    .select({
      id: users.id,
      email: users.email,
      passwordHash: users.passwordHash,
      active: users.active,
    })
    .from(users)
    .where(eq(users.email, email))
  return row?.email === email ? row : null
}

/** What a password is compared with; null where the account has none. */
export async function readPasswordHash(db: Db, id: number): Promise<string | null> {
  const [row] = await db
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, id))
  return row?.passwordHash ?? null
}

/** A person as the administration sees them. `user` is what a change of theirs is about. */
export type PersonView = Awaited<ReturnType<typeof searchPeople>>[number]

export const PEOPLE_A_PAGE = 50

/** A page of the people whom a filter chooses. */
export async function searchPeople(db: Db, filter: UsersFilter) {
  return selectPeople(db)
    .where(chosenBy(filter))
    .orderBy(...orderOf(filter.sort))
    .limit(PEOPLE_A_PAGE)
    .offset((filter.page - 1) * PEOPLE_A_PAGE)
}

/** How many there are, how many of them are active, and how many a filter chooses. */
export async function countPeople(db: Db, filter: Pick<UsersFilter, 'search' | 'active'> = {}) {
  const chosen = chosenBy(filter) ?? sql`true`
  const [row] = await db
    .select({
      all: count(),
      active: sql`coalesce(sum(${users.active}), 0)`.mapWith(Number),
      chosen: sql`coalesce(sum(${chosen}), 0)`.mapWith(Number),
    })
    .from(users)
    .where(eq(users.builtIn, false))
  return row ?? { all: 0, active: 0, chosen: 0 }
}

/** Somebody of the list with what the administration knows of them. */
export async function findPersonView(db: Db, id: number): Promise<PersonView | null> {
  const [row] = await selectPeople(db).where(and(eq(users.id, id), eq(users.builtIn, false)))
  return row ?? null
}

function chosenBy({ search, active }: Pick<UsersFilter, 'search' | 'active'>): SQL | undefined {
  const words = search === undefined ? '' : `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return and(
    eq(users.builtIn, false),
    search === undefined ? undefined : or(like(users.name, words), like(users.email, words)),
    active === undefined ? undefined : eq(users.active, active === 'yes'),
  )
}

/** Who has never signed in comes before everybody who has. */
function orderOf(sort: UsersFilter['sort']): SQL[] {
  const byName = [asc(users.name), asc(users.id)]
  if (sort === 'name') return byName
  if (sort === '-name') return [desc(users.name), desc(users.id)]
  return [sort === 'lastSignIn' ? asc(users.lastSignInAt) : desc(users.lastSignInAt), ...byName]
}

function selectPeople(db: Db) {
  return db
    .select({
      user: USER,
      createdAt: users.createdAt,
      lastSignInAt: users.lastSignInAt,
      mustChangePassword: users.mustChangePassword,
    })
    .from(users)
    .leftJoin(locations, eq(locations.id, users.locationId))
    .$dynamic()
}

const USER = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  location: locations.code,
  active: users.active,
}

function selectUsers(db: Db) {
  return db
    .select(USER)
    .from(users)
    .leftJoin(locations, eq(locations.id, users.locationId))
    .$dynamic()
}
