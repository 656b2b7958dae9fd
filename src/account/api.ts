import { OwnName, OwnPassword } from '#src/account/input.ts'
import { changeOwnPassword } from '#src/account/service.ts'
import { can } from '#src/auth/permissions.ts'
import { byWhom, sessionOf } from '#src/http/actor.ts'
import { originOf } from '#src/http/address.ts'
import { startCookies } from '#src/http/authenticate.ts'
import { readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { changeUser } from '#src/users/service.ts'

export const accountApi = [
  route('PATCH', '/api/auth/me', can.useOwnSession, async (c) => {
    const change = await readInput(c, 'json', OwnName)
    const { id } = sessionOf(c).actor
    const { user } = await changeUser(c.var.system, byWhom(c), { id, change })
    const { active: _, ...person } = user
    return c.json({ data: { user: person } })
  }),

  // The session goes on with the cookies of the answer; those it came with are worth nothing any more.
  route(
    'POST',
    '/api/auth/password',
    can.useOwnSession,
    async (c) => {
      const typed = await readInput(c, 'json', OwnPassword)
      const by = { ...byWhom(c), session: sessionOf(c), origin: originOf(c) }
      const successor = await changeOwnPassword(c.var.system, by, typed)
      await startCookies(c, successor.sessionId, successor.refreshToken)
      return c.json({ data: null })
    },
    { allowsGivenPassword: true },
  ),
]
