import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { sessionOf } from '#src/http/actor.ts'
import { packForm } from '#src/http/carried-form.ts'
import { isApi } from '#src/http/is-api.ts'
import { ownAddress, readKeptForm } from '#src/http/kept-form.ts'
import { pageBefore } from '#src/http/origin.ts'
import { isFragment, redirect, render } from '#src/http/render.tsx'
import { returnOf } from '#src/http/returned-form.ts'
import type { Env, Route } from '#src/http/route.ts'
import { forbidden } from '#src/rejected.ts'
import { FirstPasswordPage, FirstPasswordPanel } from '#views/account/password-page.tsx'
import { PASSWORD_PATH } from '#views/account/paths.ts'
import { CONTENT_ID } from '#views/ids.ts'

const REFUSAL =
  'Kata sandi ini dibuatkan admin. Ganti dulu dengan kata sandi sendiri: POST /api/auth/password.'

/** Whether this must wait until the person has a password that nobody made up for them. */
export const mustChooseFirst = (c: Context<Env>, route: Route): boolean =>
  c.get('session')?.mustChangePassword === true &&
  route.permission !== 'anyone' &&
  !route.allowsGivenPassword

/**
 * Who signed in with a password that an admin made up chooses one first, and goes on from there. A form is carried
 * through the choice, as through the sign-in; one that cannot be is told to be unsent.
 */
export async function leadToOwnPassword(c: Context<Env>): Promise<Response> {
  if (isApi(c)) throw forbidden(REFUSAL)
  if (c.req.method === 'GET')
    return redirect(c, `${PASSWORD_PATH}?next=${encodeURIComponent(ownAddress(c))}`)
  const next = returnOf(c.req.raw)?.next ?? pageBefore(c)
  const kept = await readKeptForm(c)
  const carried = kept && packForm(kept)
  if (carried) return showFirstPassword(c, { next, carried, status: 403 })
  return redirect(c, `${PASSWORD_PATH}?next=${encodeURIComponent(next)}&unsent=1`)
}

export type FirstPassword = {
  /** The path to go on to. */
  next: string
  /** A form that waits for the choice, as `packForm` writes it. */
  carried?: string | null
  /** A form was sent that could not be carried along. */
  isUnsent?: boolean
  status?: 200 | 403 | 409 | 422
  errors?: Record<string, string>
  requestId?: string | undefined
}

/** The choice of a password: a page of its own, or in the place of what htmx has on the screen. */
export function showFirstPassword(c: Context<Env>, shown: FirstPassword): Promise<Response> {
  const { next, carried = null, isUnsent = false, status = 200, errors = {}, requestId } = shown
  const { name, email } = sessionOf(c).actor
  const form = { formToken: c.get('formToken'), requestId: requestId || randomUUID(), errors }
  const props = { ...form, name, email, next, carried, isUnsent }
  const page = { title: 'Pilih kata sandi', status, isGate: true }
  if (!isFragment(c)) return render(c, page, <FirstPasswordPage {...props} />)
  const place = { target: CONTENT_ID, isInside: true }
  return render(c, { ...page, ...place }, <FirstPasswordPanel {...props} />)
}
