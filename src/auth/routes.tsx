import type { Context } from 'hono'
import { Acknowledgement } from '#src/auth/input.ts'
import { can } from '#src/auth/permissions.ts'
import { acknowledgeReuse, signIn, WRONG_CREDENTIALS } from '#src/auth/service.ts'
import { findSession } from '#src/auth/sessions.ts'
import { actorOf } from '#src/http/actor.ts'
import { originOf } from '#src/http/address.ts'
import { endCookies, endFormer, endVisit, startCookies } from '#src/http/authenticate.ts'
import { rememberBrowser, visitorOf } from '#src/http/browser.ts'
import { unpackForm } from '#src/http/carried-form.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { forgetPeople, noteLeaving, rememberPerson } from '#src/http/known-people.ts'
import { localPath } from '#src/http/local-path.ts'
import { redirect } from '#src/http/render.tsx'
import { showReturned } from '#src/http/returned-form.ts'
import { type Env, route } from '#src/http/route.ts'
import { peopleHere, personHere, type SignIn, showSignIn } from '#src/http/sign-in.tsx'
import { Rejected, sentenceOf } from '#src/rejected.ts'
import { Credentials } from '#src/users/input.ts'
import { EVERYBODY, FORGOTTEN_PATH, signInHref, WARNINGS_PATH } from '#views/auth/paths.ts'

const OLD_SIGN_IN =
  'Halaman masuk ini sudah lama terbuka. Isi kata sandi sekali lagi, lalu tekan Masuk.'

export const authRoutes = [
  route('GET', '/login', can.signIn, async (c) => {
    const next = localPath(c.req.query('next'))
    if (c.get('session')) return redirect(c, next)
    const chosen = c.req.query('as')
    const person = (await peopleHere(c)).find(({ id }) => String(id) === chosen)
    return showSignIn(c, { next, email: person?.email ?? '' })
  }),

  route(
    'POST',
    '/login',
    can.signIn,
    async (c) => {
      let sessionId: string
      try {
        sessionId = await enter(c)
      } catch (error) {
        if (!(error instanceof Rejected)) throw error
        if (error.status === 429) return showWait(c, error)
        return showAgain(c, { error: WRONG_CREDENTIALS, status: 422 })
      }
      return goOn(c, sessionId)
    },
    {
      async refill(c, { status }) {
        const session = c.get('session')
        const { email = '' } = await readTyped(c)
        // The page that followed the sign-in was loaded again, and so the form of sign-in was sent again.
        if (session && session.actor.email === email.trim().toLowerCase())
          return goOn(c, session.id)
        return showAgain(c, { error: OLD_SIGN_IN, status })
      },
    },
  ),

  route('POST', FORGOTTEN_PATH, can.signIn, async (c) => {
    const { person = '', next } = await readTyped(c)
    forgetPeople(c, person === EVERYBODY ? null : Number(person))
    return redirect(c, signInHref({ next: localPath(next) }))
  }),

  route(
    'POST',
    '/logout',
    can.useOwnSession,
    async (c) => {
      await endFormer(c)
      endCookies(c)
      noteLeaving(c)
      return redirect(c, '/login')
    },
    { allowsGivenPassword: true },
  ),

  route('POST', WARNINGS_PATH, can.useOwnSession, async (c) => {
    const { at } = await readInput(c, 'form', Acknowledgement)
    await acknowledgeReuse(c.get('system'), originOf(c), { userId: actorOf(c).id, at })
    return redirect(c, localPath((await readTyped(c)).next))
  }),
]

/** Opens a session on this browser and answers its id. Throws Rejected where the person is not let in. */
async function enter(c: Context<Env>): Promise<string> {
  const credentials = await readInput(c, 'form', Credentials)
  const { userId, ...opened } = await signIn(c.get('system'), visitorOf(c), credentials)
  const { sessionId, refreshToken } = opened
  // Somebody was signed in by another tab meanwhile.
  await endFormer(c)
  await startCookies(c, sessionId, refreshToken)
  await rememberBrowser(c, userId)
  endVisit(c)
  return sessionId
}

/** After the sign-in: to the form that was carried through it, not yet booked, or to the page that was asked for. */
async function goOn(c: Context<Env>, sessionId: string): Promise<Response> {
  const session = await findSession(c.get('system'), sessionId)
  if (!session) return redirect(c, '/login')
  const typed = await readTyped(c)
  const before = await personHere(c)
  const isOther = before !== null && before.id !== session.actor.id
  rememberPerson(c, session.actor.id)
  // What somebody else had asked for is nothing to whoever signs in after them.
  const next = isOther ? '/' : localPath(typed.next)
  const form = unpackForm(typed.carried)
  if (!form) return redirect(c, next)
  const sentence = isOther ? typedBy(before.name) : TYPED_BEFORE
  return showReturned(c, form, { sessionId, next, sentence })
}

const TYPED_BEFORE =
  'Sesi Anda berakhir sebelum isian ini terkirim. Periksa isinya, lalu kirim sekali lagi.'

const typedBy = (name: string): string =>
  `Isian ini diketik sewaktu ${name} masuk. Periksa isinya: bila Anda kirim, catatannya atas nama Anda.`

/** No password is looked at before the wait is over. */
function showWait(c: Context<Env>, wait: Rejected): Promise<Response> {
  c.header('Retry-After', String(wait.retryAfterSeconds))
  return showAgain(c, { error: sentenceOf(wait), status: 429 })
}

/** The sign-in with all that came with it, but for the password. */
async function showAgain(
  c: Context<Env>,
  why: Pick<SignIn, 'error' | 'status'>,
): Promise<Response> {
  const { next, email = '', carried = '' } = await readTyped(c)
  return showSignIn(c, {
    ...why,
    next: localPath(next),
    email,
    carried: unpackForm(carried) && carried,
  })
}
