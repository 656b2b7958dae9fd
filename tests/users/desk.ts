import { eq } from 'drizzle-orm'
import { users } from '#src/database/schema/users.ts'
import type { Depot } from '#tests/support/app.ts'
import { booksOf } from '#tests/support/books.ts'
import { CAST, type Name } from '#tests/support/cast.ts'
import type { Client, Headers } from '#tests/support/client.ts'
import { hiddenFields } from '#tests/support/html.ts'

export const BY_HTMX: Headers = { 'HX-Request': 'true' }

/** What the row of somebody of the cast sends where nothing is changed. */
export function rowOf(name: Name): Record<string, string> {
  const { email, name: fullName, role, location, active } = CAST[name]
  return {
    name: fullName,
    email,
    role,
    location: location ?? '',
    ...(active && { active: 'true' }),
  }
}

export const FRESH = {
  name: 'Rina Hartati',
  email: 'Rina@Depo.example ',
  role: 'operasional',
  location: 'TUG_ASSIST',
}

/** Opens somebody's row as a form; answers how it is sent with other values. */
export async function openRow(client: Client, id: number) {
  const page = await (await client.get(`/users/${id}/edit`)).text()
  const hidden = hiddenFields(page, `/users/${id}`)
  return {
    page,
    hidden,
    send: (fields: Record<string, string>, headers: Headers = {}) =>
      client.post(`/users/${id}`, { ...hidden, ...fields }, headers),
  }
}

/** The same of the form for somebody new. */
export async function openNew(client: Client) {
  const hidden = hiddenFields(await (await client.get('/users/new')).text(), '/users')
  return {
    hidden,
    send: (fields: Record<string, string>, headers: Headers = {}) =>
      client.post('/users', { ...hidden, ...fields }, headers),
  }
}

/** The four words that an answer tells; null where it tells none. */
export const wordsIn = (html: string): string | null =>
  /<code>([a-z]{4,7}(?:-[a-z]{4,7}){3})<\/code>/.exec(html)?.[1] ?? null

export async function accountOf(depot: Depot, id: number) {
  const [row] = await depot.db.select().from(users).where(eq(users.id, id))
  if (!row) throw new Error(`nobody has the number ${id}`)
  return row
}

/** What the audit trail says of somebody, by action. */
export async function trailOf(depot: Depot, id: number) {
  const { audit } = await booksOf(depot.db)
  return audit.filter(({ subject }) => subject === `user:${id}`)
}

export async function signInStatus(depot: Depot, email: string, password: string) {
  const answer = await depot.visit().api('POST', '/api/auth/login', { email, password })
  return answer.status
}
