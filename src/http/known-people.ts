import type { Context } from 'hono'
import { z } from 'zod'
import { isSameToken, sealOf } from '#src/auth/tokens.ts'
import { clearCookie, readCookie, writeCookie } from '#src/http/cookies.ts'
import type { Env } from '#src/http/route.ts'

const MOST = 5
const KEPT_DAYS = 90
const DAY = 86_400_000

const Known = z.object({
  /** Whose session this browser has, or had when it ran out; null once they have signed out. */
  here: z.number().nullable(),
  people: z.array(z.object({ id: z.number(), at: z.number() })),
})
type Known = z.output<typeof Known>

/** Who signed in on this browser lately, the last one first: only numbers, which mean nothing to anybody else. */
export function readKnown(c: Context<Env>): Known {
  const now = c.get('system').now().getTime()
  const { here, people } = opened(c) ?? { here: null, people: [] }
  const recent = people.filter(({ at }) => now < at + KEPT_DAYS * DAY)
  return { here: recent.some(({ id }) => id === here) ? here : null, people: recent }
}

export function rememberPerson(c: Context<Env>, personId: number): void {
  const others = readKnown(c).people.filter(({ id }) => id !== personId)
  const person = { id: personId, at: c.get('system').now().getTime() }
  write(c, { here: personId, people: [person, ...others].slice(0, MOST) })
}

/** Whoever was here has signed out: what is asked for next is not theirs. */
export function noteLeaving(c: Context<Env>): void {
  const known = readKnown(c)
  if (known.here !== null) write(c, { ...known, here: null })
}

/** Forgets one person, or everybody. */
export function forgetPeople(c: Context<Env>, personId: number | null): void {
  const { here, people } = readKnown(c)
  const others = personId === null ? [] : people.filter(({ id }) => id !== personId)
  if (others.length === 0) clearCookie(c, 'people')
  else write(c, { here: here === personId ? null : here, people: others })
}

function write(c: Context<Env>, known: Known): void {
  const text = Buffer.from(JSON.stringify(known)).toString('base64url')
  writeCookie(c, 'people', `${text}.${sealOf(c.get('system'), `people:${text}`)}`)
}

/** Sealed, so that nobody can ask the sign-in page for the names of others. */
function opened(c: Context<Env>): Known | null {
  const [text = '', seal = ''] = (readCookie(c, 'people') ?? '').split('.')
  if (!isSameToken(seal, sealOf(c.get('system'), `people:${text}`))) return null
  return Known.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
}
