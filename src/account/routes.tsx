import type { Context } from 'hono'
import { TypedEnding, TypedName, TypedPassword } from '#src/account/input.ts'
import { type Shown, showAccount, showPassword, showSessions } from '#src/account/page.tsx'
import { changeOwnPassword, endOwnSessions } from '#src/account/service.ts'
import { can } from '#src/auth/permissions.ts'
import { actorOf, sessionOf } from '#src/http/actor.ts'
import { originOf } from '#src/http/address.ts'
import { endCookies, startCookies } from '#src/http/authenticate.ts'
import { rememberBrowser } from '#src/http/browser.ts'
import { unpackForm } from '#src/http/carried-form.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { noteLeaving } from '#src/http/known-people.ts'
import { localPath } from '#src/http/local-path.ts'
import { isFragment, redirect } from '#src/http/render.tsx'
import { showReturned } from '#src/http/returned-form.ts'
import { type Env, type Returned, route } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { changeUser } from '#src/users/service.ts'
import { ACCOUNT_PATH, ENDINGS_PATH, PASSWORD_PATH } from '#views/account/paths.ts'

/** What becomes of a form whose key was used for something else. */
const NAME_SAVED_BEFORE =
  'Formulir ini sudah dikirim dengan isi yang lain. Periksa, lalu simpan sekali lagi.'
const PASSWORD_CHANGED_BEFORE =
  'Kiriman sebelumnya sudah mengganti kata sandi Anda. Untuk menggantinya sekali lagi, isi kata sandi yang sekarang berlaku.'

/** Whoever typed it may have been somebody else. */
const WAITED =
  'Kata sandi sudah diganti. Isian ini belum tercatat: periksa isinya, lalu kirim sekali lagi atas nama Anda.'

export const accountRoutes = [
  route('GET', ACCOUNT_PATH, can.useOwnSession, (c) => showAccount(c)),

  route(
    'POST',
    ACCOUNT_PATH,
    can.useOwnSession,
    async (c) => {
      try {
        const { name, requestId } = await readInput(c, 'form', TypedName)
        const request = { id: requestId, endpoint: `POST ${ACCOUNT_PATH}` }
        const actor = actorOf(c)
        await changeUser(c.get('system'), { actor, request }, { id: actor.id, change: { name } })
        return redirect(c, `${ACCOUNT_PATH}?saved=name`)
      } catch (error) {
        return showRefusal(c, error, { show: showAccount, usedUp: NAME_SAVED_BEFORE })
      }
    },
    { refill: (c, why) => showReturn(c, why, showAccount) },
  ),

  route('GET', PASSWORD_PATH, can.useOwnSession, (c) => showPassword(c), {
    allowsGivenPassword: true,
  }),

  route(
    'POST',
    PASSWORD_PATH,
    can.useOwnSession,
    async (c) => {
      try {
        const { requestId, ...typed } = await readInput(c, 'form', TypedPassword)
        const request = { id: requestId, endpoint: `POST ${PASSWORD_PATH}` }
        const by = { session: sessionOf(c), origin: originOf(c), request }
        const successor = await changeOwnPassword(c.get('system'), by, typed)
        await startCookies(c, successor.sessionId, successor.refreshToken)
        await rememberBrowser(c, actorOf(c).id)
        return goOn(c, successor.sessionId)
      } catch (error) {
        return showRefusal(c, error, { show: showPassword, usedUp: PASSWORD_CHANGED_BEFORE })
      }
    },
    {
      allowsGivenPassword: true,
      refill: (c, why) => showReturn(c, why, showPassword),
    },
  ),

  route('POST', ENDINGS_PATH, can.useOwnSession, async (c) => {
    const { session, requestId } = await readInput(c, 'form', TypedEnding)
    const request = { id: requestId, endpoint: `POST ${ENDINGS_PATH}` }
    const own = sessionOf(c)
    const by = { session: own, origin: originOf(c), request }
    const ended = await endOwnSessions(c.get('system'), by, session)
    if (session === own.id) {
      endCookies(c)
      noteLeaving(c)
      return redirect(c, '/login')
    }
    return isFragment(c) ? showSessions(c, ended) : redirect(c, `${ACCOUNT_PATH}?ended=${ended}`)
  }),
]

/** To the form that waited for the choice, not yet booked, or to the page that was asked for. */
async function goOn(c: Context<Env>, sessionId: string): Promise<Response> {
  const { next, carried } = await readTyped(c)
  const form = unpackForm(carried)
  if (form) return showReturned(c, form, { sessionId, next: localPath(next), sentence: WAITED })
  return redirect(c, next ? localPath(next) : `${ACCOUNT_PATH}?saved=password`)
}

type Show = (c: Context<Env>, shown: Shown) => Response | Promise<Response>

/** A form that nobody has looked at yet, under the key that it had. */
async function showReturn(c: Context<Env>, why: Returned, show: Show): Promise<Response> {
  const { requestId } = await readTyped(c)
  return show(c, { status: why.status, errors: { '': why.sentence }, requestId })
}

/** A form whose key was used for something else gets a fresh one, so that sending it once more saves what it says. */
async function showRefusal(
  c: Context<Env>,
  error: unknown,
  { show, usedUp }: { show: Show; usedUp: string },
): Promise<Response> {
  if (!(error instanceof Rejected)) throw error
  if (error.status === 409) return show(c, { status: 409, errors: { '': usedUp } })
  if (error.status !== 422) throw error
  const { requestId } = await readTyped(c)
  return show(c, { status: 422, errors: error.details, requestId })
}
