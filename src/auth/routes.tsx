import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { signIn, signOut, WRONG_CREDENTIALS } from '#src/auth/service.ts'
import type { Origin } from '#src/auth/sessions.ts'
import { endCookies, startCookies } from '#src/http/authenticate.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { redirect, render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { Credentials } from '#src/users/input.ts'
import { LoginPage } from '#views/auth/login.tsx'

const TITLE = 'Masuk'

export const authRoutes = [
  route('GET', '/login', can.signIn, (c) => {
    const next = localPath(c.req.query('next'))
    if (c.var.session) return redirect(c, next)
    return render(
      c,
      { title: TITLE, isGate: true },
      <LoginPage formToken={c.var.formToken} next={next} email="" />,
    )
  }),

  route('POST', '/login', can.signIn, async (c) => {
    const typed = await readTyped(c)
    const next = localPath(typed.next)
    try {
      const credentials = await readInput(c, 'form', Credentials)
      const { sessionId, refreshToken } = await signIn(c.var.system, originOf(c), credentials)
      await startCookies(c, sessionId, refreshToken)
      return redirect(c, next)
    } catch (error) {
      if (!(error instanceof Rejected)) throw error
      return render(
        c,
        { title: TITLE, isGate: true, status: 422 },
        <LoginPage
          formToken={c.var.formToken}
          next={next}
          email={typed.email ?? ''}
          error={WRONG_CREDENTIALS}
        />,
      )
    }
  }),

  route('POST', '/logout', can.useOwnSession, async (c) => {
    if (c.var.session) await signOut(c.var.system, c.var.session.id)
    endCookies(c)
    return redirect(c, '/login')
  }),
]

export function originOf(c: Context<Env>): Origin {
  return { address: c.var.address, userAgent: c.req.header('User-Agent') ?? '' }
}

/** Only a path of ours is followed after sign-in; anything that a browser could read as another host leads home. */
export function localPath(next: string | undefined): string {
  if (!next || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return '/'
  const { origin, pathname, search } = new URL(next, 'http://local.invalid')
  return origin === 'http://local.invalid' && !pathname.startsWith('//')
    ? `${pathname}${search}`
    : '/'
}
