import type { Context } from 'hono'
import { findPeople, type Person } from '#src/auth/people.ts'
import { isDatabaseAway } from '#src/database/errors.ts'
import { signInToken } from '#src/http/authenticate.ts'
import { packForm } from '#src/http/carried-form.ts'
import { readKeptForm } from '#src/http/kept-form.ts'
import { noteLeaving, readKnown } from '#src/http/known-people.ts'
import { pageBefore } from '#src/http/origin.ts'
import { isFragment, redirect, render } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { LoginPage } from '#views/auth/login.tsx'
import { SignInPanel } from '#views/auth/sign-in-panel.tsx'
import { CONTENT_ID } from '#views/ids.ts'

export type SignIn = {
  /** The path to go on to. */
  next: string
  email?: string
  error?: string
  /** A form that was sent without a session, as `packForm` writes it. */
  carried?: string | null
  /** Text browsers ask before they show a 401, which is theirs to answer; a 403 they show. */
  status?: 200 | 403 | 422 | 429
}

/** The sign-in: a page of its own, or in the place of what htmx has on the screen. */
export async function showSignIn(c: Context<Env>, shown: SignIn): Promise<Response> {
  const { next, email = '', error, carried = null, status = 200 } = shown
  const form = { formToken: signInToken(c), next, email, error, carried }
  const page = { title: 'Masuk', status, isGate: true }
  if (isFragment(c)) {
    return render(c, { ...page, target: CONTENT_ID, isInside: true }, <SignInPanel {...form} />)
  }
  // To choose somebody is a link, and would leave behind what is carried.
  const known = carried === null ? await peopleHere(c) : []
  const isChosen = email !== ''
  const people = isChosen ? [] : known.map(({ id, name }) => ({ id, name }))
  const hasOthers = isChosen && known.length > 0
  return render(c, page, <LoginPage {...form} people={people} hasOthers={hasOthers} />)
}

/**
 * An anonymous visitor learns nothing about what exists: every path leads to the sign-in. A form is carried through it,
 * so that what was typed is not lost.
 */
export async function askToSignIn(c: Context<Env>): Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  // Who is signed out already and signs out again wants the sign-in page, and nothing after it.
  if (pathname === '/logout') {
    if (c.req.method === 'POST') noteLeaving(c)
    return redirect(c, '/login')
  }
  const next = c.req.method === 'GET' ? `${pathname}${search}` : pageBefore(c)
  const kept = await readKeptForm(c)
  const carried = kept && packForm(kept)
  if (!carried) return redirect(c, `/login?next=${encodeURIComponent(next)}`)
  const email = (await personHere(c))?.email ?? ''
  return showSignIn(c, { next, email, carried, status: 403 })
}

/** Who signed in on this browser lately. */
export const peopleHere = (c: Context<Env>): Promise<Person[]> =>
  named(
    c,
    readKnown(c).people.map(({ id }) => id),
  )

/** Whose session ran out on this browser; null where nobody's did, or they have signed out. */
export async function personHere(c: Context<Env>): Promise<Person | null> {
  const { here } = readKnown(c)
  const [person] = here === null ? [] : await named(c, [here])
  return person ?? null
}

/** The sign-in works as well without names. */
async function named(c: Context<Env>, ids: number[]): Promise<Person[]> {
  try {
    return await findPeople(c.get('system').db, ids)
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    return []
  }
}
