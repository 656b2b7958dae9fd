import type { Actor } from '#src/auth/permissions.ts'
import { can } from '#src/auth/permissions.ts'
import { signIn, signOut } from '#src/auth/service.ts'
import { findSession } from '#src/auth/sessions.ts'
import { endCookies, renewSession, startCookies } from '#src/http/authenticate.ts'
import { rememberBrowser, visitorOf } from '#src/http/browser.ts'
import { readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { Credentials } from '#src/users/input.ts'

export const authApi = [
  route('POST', '/api/auth/login', can.signIn, async (c) => {
    const credentials = await readInput(c, 'json', Credentials)
    const { userId, ...opened } = await signIn(c.var.system, visitorOf(c), credentials)
    const { sessionId, refreshToken } = opened
    await startCookies(c, sessionId, refreshToken)
    rememberBrowser(c, userId)
    const session = await findSession(c.var.system, sessionId)
    if (!session) throw new Rejected(401, 'Anda belum masuk.')
    return c.json({ data: { user: describeActor(session.actor) } })
  }),

  route('POST', '/api/auth/refresh', can.signIn, async (c) => {
    const session = await renewSession(c)
    if (!session) throw new Rejected(401, 'Sesi sudah berakhir. Masuk lagi.')
    return c.json({ data: { user: describeActor(session.actor) } })
  }),

  route('POST', '/api/auth/logout', can.signIn, async (c) => {
    if (c.var.session) await signOut(c.var.system, c.var.session.id)
    endCookies(c)
    return c.json({ data: null })
  }),

  route(
    'GET',
    '/api/auth/me',
    can.useOwnSession,
    (c) => {
      const actor = c.var.session?.actor
      if (!actor) throw new Rejected(401, 'Anda belum masuk.')
      return c.json({ data: { user: describeActor(actor) } })
    },
    { allowsGivenPassword: true },
  ),
]

function describeActor({ id, email, name, role, location }: Actor) {
  return { id, email, name, role, location: location?.code ?? null }
}
