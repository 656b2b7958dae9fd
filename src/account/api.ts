import { z } from 'zod'
import { OwnName, OwnPassword } from '#src/account/input.ts'
import { changeOwnPassword } from '#src/account/service.ts'
import { can } from '#src/auth/permissions.ts'
import { sessionOf } from '#src/http/actor.ts'
import { originOf } from '#src/http/address.ts'
import { answer } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { startCookies } from '#src/http/authenticate.ts'
import { rememberBrowser } from '#src/http/browser.ts'
import { SignedInAnswer } from '#src/users/answers.ts'
import { changeUser } from '#src/users/service.ts'

export const accountApi = [
  apiRoute(
    'PATCH',
    '/api/auth/me',
    can.useOwnSession,
    {
      operationId: 'changeOwnName',
      tag: 'Sesi',
      summary: 'Mengubah nama sendiri',
      json: OwnName,
      isKeyed: true,
      answers: { 200: answer('Sesudah diubah.', SignedInAnswer) },
    },
    async (c, { json, by }) => {
      const { id } = sessionOf(c).actor
      const { user } = await changeUser(c.get('system'), by, { id, change: json })
      const { active: _, ...person } = user
      return c.json({ data: { user: person } })
    },
  ),

  // The session goes on with the cookies of the answer; those it came with are worth nothing any more.
  apiRoute(
    'POST',
    '/api/auth/password',
    can.useOwnSession,
    {
      operationId: 'changeOwnPassword',
      tag: 'Sesi',
      summary: 'Mengganti kata sandi sendiri',
      description: 'Sesi ini berlanjut dengan cookie jawabannya; sesi yang lain berakhir.',
      json: OwnPassword,
      isKeyed: true,
      answers: { 200: answer('Diganti.', z.null()) },
    },
    async (c, { json, by }) => {
      const own = { ...by, session: sessionOf(c), origin: originOf(c) }
      const successor = await changeOwnPassword(c.get('system'), own, json)
      await startCookies(c, successor.sessionId, successor.refreshToken)
      await rememberBrowser(c, by.actor.id)
      return c.json({ data: null })
    },
    { allowsGivenPassword: true },
  ),
]
