import { z } from 'zod'
import type { Actor } from '#src/auth/permissions.ts'
import { can } from '#src/auth/permissions.ts'
import { signIn } from '#src/auth/service.ts'
import { findSession } from '#src/auth/sessions.ts'
import { actorOf } from '#src/http/actor.ts'
import { answer } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { endCookies, endFormer, renewSession, startCookies } from '#src/http/authenticate.ts'
import { rememberBrowser, visitorOf } from '#src/http/browser.ts'
import { noteLeaving } from '#src/http/known-people.ts'
import { Rejected } from '#src/rejected.ts'
import { SignedInAnswer } from '#src/users/answers.ts'
import { SignInInput } from '#src/users/input.ts'

export const authApi = [
  apiRoute(
    'POST',
    '/api/auth/login',
    can.signIn,
    {
      operationId: 'signIn',
      tag: 'Sesi',
      summary: 'Masuk',
      description: 'Sesinya tersimpan di cookie. Program memakai kunci API, bukan kata sandi.',
      json: SignInInput,
      answers: { 200: answer('Sudah masuk.', SignedInAnswer) },
      refusals: [401, 429],
    },
    async (c, { json }) => {
      const system = c.get('system')
      const { userId, sessionId, refreshToken } = await signIn(system, visitorOf(c), json)
      await endFormer(c)
      await startCookies(c, sessionId, refreshToken)
      await rememberBrowser(c, userId)
      // Programs are nobody's browser; but whoever was here is not any more.
      noteLeaving(c)
      const session = await findSession(system, sessionId)
      if (!session) throw new Rejected(401, 'Anda belum masuk.')
      return c.json({ data: { user: describeActor(session.actor) } })
    },
  ),

  apiRoute(
    'POST',
    '/api/auth/refresh',
    can.signIn,
    {
      operationId: 'renewSession',
      tag: 'Sesi',
      summary: 'Memperpanjang sesi',
      description: 'Setiap permintaan lain melakukannya sendiri bila perlu.',
      answers: { 200: answer('Diperpanjang.', SignedInAnswer) },
      refusals: [401],
    },
    async (c) => {
      const session = await renewSession(c)
      if (!session) throw new Rejected(401, 'Sesi sudah berakhir. Masuk lagi.')
      return c.json({ data: { user: describeActor(session.actor) } })
    },
  ),

  apiRoute(
    'POST',
    '/api/auth/logout',
    can.signIn,
    {
      operationId: 'signOut',
      tag: 'Sesi',
      summary: 'Keluar',
      answers: { 200: answer('Sudah keluar.', z.null()) },
    },
    async (c) => {
      await endFormer(c)
      endCookies(c)
      noteLeaving(c)
      return c.json({ data: null })
    },
  ),

  apiRoute(
    'GET',
    '/api/auth/me',
    can.useOwnSession,
    {
      operationId: 'readOwnSession',
      tag: 'Sesi',
      summary: 'Siapa yang masuk',
      answers: { 200: answer('Anda.', SignedInAnswer) },
    },
    (c) => c.json({ data: { user: describeActor(actorOf(c)) } }),
    { allowsGivenPassword: true },
  ),
]

function describeActor({
  id,
  email,
  name,
  role,
  location,
}: Actor): z.input<typeof SignedInAnswer>['user'] {
  return { id, email, name, role, location: location?.code ?? null }
}
