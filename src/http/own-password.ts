import type { Context } from 'hono'
import { isApi } from '#src/http/guard.ts'
import { redirect } from '#src/http/render.tsx'
import type { Env, Route } from '#src/http/route.ts'
import { forbidden } from '#src/rejected.ts'
import { PASSWORD_PATH } from '#views/account/paths.ts'

const REFUSAL =
  'Kata sandi ini dibuatkan admin. Ganti dulu dengan kata sandi sendiri: POST /api/auth/password.'

/** Whether this must wait until the person has a password that nobody made up for them. */
export const mustChooseFirst = (c: Context<Env>, route: Route): boolean =>
  c.var.session?.mustChangePassword === true &&
  route.permission !== 'anyone' &&
  !route.allowsGivenPassword

/** Who signed in with a password that an admin made up chooses one first, and goes on from there. */
export function leadToOwnPassword(c: Context<Env>): Response {
  if (isApi(c)) throw forbidden(REFUSAL)
  const isSent = c.req.method !== 'GET'
  const next = encodeURIComponent(isSent ? pageOf(c) : addressOf(c))
  return redirect(c, `${PASSWORD_PATH}?next=${next}${isSent ? '&unsent=1' : ''}`)
}

/** Where the form that was sent stood; browsers say so to our own pages. */
function pageOf(c: Context<Env>): string {
  const referrer = c.req.header('Referer') ?? ''
  if (!URL.canParse(referrer)) return addressOf(c)
  const { origin, pathname, search } = new URL(referrer)
  return origin === c.var.system.config.publicOrigin ? `${pathname}${search}` : addressOf(c)
}

function addressOf(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url)
  return `${pathname}${search}`
}
