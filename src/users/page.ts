import type { Context } from 'hono'
import { ROLE_LABELS } from '#src/auth/permissions.ts'
import { ROLES } from '#src/database/schema/users.ts'
import { actorOf } from '#src/http/actor.ts'
import type { Asked } from '#src/http/asked.ts'
import type { Env } from '#src/http/route.ts'
import type { RowContent } from '#src/http/row-form.ts'
import { listLocations } from '#src/locations/queries.ts'
import { notFound } from '#src/rejected.ts'
import { businessDay, wallClock } from '#src/units/business-day.ts'
import type { UsersFilter } from '#src/users/input.ts'
import {
  countPeople,
  findPerson,
  findPersonView,
  PEOPLE_A_PAGE,
  type PersonView,
  searchPeople,
  type UserView,
} from '#src/users/queries.ts'
import { userRowId } from '#views/ids.ts'
import { USERS_PATH, type UsersFilterValues, userHref } from '#views/users/filter.ts'
import type { UserEditProps } from '#views/users/user-edit-row.tsx'
import type { UserCard, UserRowProps } from '#views/users/user-row.tsx'
import type { UsersPageProps } from '#views/users/users-page.tsx'

/** The people under the filter of the address, or what is wrong with the filter. */
export async function usersContent(
  c: Context<Env>,
  asked: Asked<UsersFilter>,
  savedId: number | null,
): Promise<UsersPageProps> {
  const { db } = c.get('system')
  const { filter, errors } = asked
  const { all, active, chosen } = await countPeople(db, filter ?? {})
  const last = Math.max(1, Math.ceil(chosen / PEOPLE_A_PAGE))
  const page = Math.min(filter?.page ?? 1, last)
  const people = filter ? await searchPeople(db, { ...filter, page }) : []
  return {
    users: people.map((person) => cardOf(c, person)),
    filter: filterValuesOf(asked),
    errors,
    counts: { all, active },
    chosen: filter ? chosen : 0,
    page,
    limit: PEOPLE_A_PAGE,
    today: todayOf(c),
    savedId,
  }
}

/** What the fields of the filter show: it as it is understood, or as it was typed, but for an order that there is not. */
function filterValuesOf({ filter, typed, errors }: Asked<UsersFilter>): UsersFilterValues {
  const { search = '', active = '', sort = '' } = filter ?? typed
  return { search, active, sort: sort === '' || errors.sort ? 'name' : sort }
}

/** Somebody of the list. Throws Rejected 404 for nobody, and for the system's own accounts. */
export async function loadView(c: Context<Env>, id: number): Promise<PersonView> {
  const person = await findPersonView(c.get('system').db, id)
  if (!person) throw notFound()
  return person
}

export async function rowContent(
  c: Context<Env>,
  id: number,
  filter: string,
): Promise<UserRowProps> {
  return { user: cardOf(c, await loadView(c, id)), today: todayOf(c), filter }
}

export function cardOf(c: Context<Env>, { user, lastSignInAt }: PersonView): UserCard {
  const { timezone } = c.get('system').config
  const { id, name, email, role, location, active } = user
  return {
    id,
    name,
    email,
    roleLabel: ROLE_LABELS[role],
    location,
    active,
    lastSignIn: lastSignInAt === null ? null : wallClock(lastSignInAt, timezone),
  }
}

export function todayOf(c: Context<Env>): string {
  const { now, config } = c.get('system')
  return businessDay(now(), config.timezone)
}

const ROLE_OPTIONS = [...ROLES].reverse().map((role) => ({ value: role, label: ROLE_LABELS[role] }))

export type Filled = { content: RowContent; filter: string; isInline: boolean }

/** The row as a form; `user` is null where it adds somebody. */
export async function editContent(
  c: Context<Env>,
  user: UserView | null,
  { content, filter, isInline }: Filled,
): Promise<UserEditProps> {
  const actor = actorOf(c)
  const locations = await listLocations(c.get('system').db, actor)
  const chosen = content.values.location
  return {
    user,
    isOwn: user?.id === actor.id,
    roles: ROLE_OPTIONS,
    // One that is out of use stays with those who have it.
    locations: locations.flatMap(({ code, active }) => (active || code === chosen ? code : [])),
    form: {
      ...content,
      id: userRowId(user?.id ?? 'new'),
      action: user ? userHref(user.id) : USERS_PATH,
      formToken: c.get('formToken'),
      filter,
      isInline,
    },
  }
}

/** What the form says of a person; of nobody yet, what is most often wanted. */
export function valuesOf(user: UserView | null): Record<string, string> {
  return {
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: user?.role ?? 'operasional',
    location: user?.location ?? '',
    ...(user && { active: user.active ? 'true' : '' }),
  }
}

/** After a plain form the list says who was saved; the address carries the number. */
export async function findSaved(c: Context<Env>): Promise<UserView | null> {
  const saved = c.req.query('saved') ?? ''
  return /^[1-9]\d{0,14}$/.test(saved) ? findPerson(c.get('system').db, Number(saved)) : null
}
