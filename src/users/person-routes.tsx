import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { listSessions } from '#src/auth/session-list.ts'
import { actorOf } from '#src/http/actor.ts'
import { endCookies } from '#src/http/authenticate.ts'
import { readId, readInput, readTyped } from '#src/http/input.ts'
import { isFragment, redirect, render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { wallClock, zoneLabel } from '#src/units/business-day.ts'
import { NewWords, SessionEnd } from '#src/users/input.ts'
import { cardOf, loadView, rowContent, todayOf, valuesOf } from '#src/users/page.ts'
import { resetPassword } from '#src/users/reset.ts'
import { PERSON } from '#src/users/routes.tsx'
import { ALL_SESSIONS, endPersonSessions } from '#src/users/session-ends.ts'
import { versionOf } from '#src/version.ts'
import { SessionsPanel, type SessionsPanelProps } from '#views/sessions/sessions-table.tsx'
import { StatusLine } from '#views/ui/status-line.tsx'
import { pageOf, sessionEndsPath, userHref } from '#views/users/filter.ts'
import { PasswordPage } from '#views/users/password-page.tsx'
import { PasswordForm, ToldPassword, UnderRow } from '#views/users/password-parts.tsx'
import { SessionsEnded } from '#views/users/sessions-ended.tsx'
import { UserPage } from '#views/users/user-page.tsx'
import { UserRow } from '#views/users/user-row.tsx'

export const personRoutes = [
  // The page of a person, and their row for whoever gives up changing it.
  route('GET', PERSON, can.manageUsers, async (c) => {
    const id = readId(c)
    const { filter = '', ended } = await readTyped(c)
    if (isFragment(c)) {
      return render(c, { title: 'Pengguna' }, <UserRow {...(await rowContent(c, id, filter))} />)
    }
    const content = await personContent(c, id)
    const announcement = ended === undefined ? undefined : <SessionsEnded ended={Number(ended)} />
    return render(c, { title: content.user.name, announcement }, <UserPage {...content} />)
  }),

  route('GET', `${PERSON}/password`, can.manageUsers, async (c) => {
    const { user } = await loadView(c, readId(c))
    const { filter = '' } = await readTyped(c)
    const isInline = isFragment(c)
    const keys = { formToken: c.get('formToken'), requestId: randomUUID() }
    const form = <PasswordForm user={user} filter={filter} isInline={isInline} {...keys} />
    const heading = `Kata sandi baru untuk ${user.name}`
    return render(
      c,
      { title: heading },
      isInline ? (
        <UnderRow userId={user.id}>{form}</UnderRow>
      ) : (
        <PasswordPage heading={heading}>{form}</PasswordPage>
      ),
    )
  }),

  // The words stand in this answer and nowhere else: no address may hold them.
  route('POST', `${PERSON}/password`, can.manageUsers, async (c) => {
    const id = readId(c)
    const { requestId } = await readInput(c, 'form', NewWords)
    const request = {
      id: requestId ?? randomUUID(),
      endpoint: `POST ${pageOf(id, 'password', '')}`,
    }
    const by = { actor: actorOf(c), request }
    const { user, words } = await resetPassword(c.get('system'), by, id)
    const isInline = isFragment(c)
    const told = <ToldPassword user={user} words={words} isInline={isInline} />
    return render(
      c,
      { title: `Kata sandi baru untuk ${user.name}` },
      isInline ? (
        <UnderRow userId={id}>{told}</UnderRow>
      ) : (
        <PasswordPage heading={`Kata sandi baru untuk ${user.name}`}>{told}</PasswordPage>
      ),
    )
  }),

  route('POST', `${PERSON}/session-ends`, can.manageUsers, async (c) => {
    const id = readId(c)
    const { session, requestId } = await readInput(c, 'form', SessionEnd)
    const request = { id: requestId, endpoint: `POST ${sessionEndsPath(id)}` }
    const by = { actor: actorOf(c), request }
    const { ended } = await endPersonSessions(c.get('system'), by, { id, session })
    if (id === by.actor.id && [ALL_SESSIONS, c.get('session')?.id].includes(session)) {
      endCookies(c)
      return redirect(c, '/login')
    }
    if (!isFragment(c)) return redirect(c, `${userHref(id)}?ended=${ended}`)
    const { user } = await loadView(c, id)
    return render(
      c,
      { title: user.name },
      <>
        <SessionsPanel {...(await sessionsContent(c, user))} />
        <StatusLine>
          <SessionsEnded ended={ended} />
        </StatusLine>
      </>,
    )
  }),
]

async function personContent(c: Context<Env>, id: number) {
  const { timezone } = c.get('system').config
  const view = await loadView(c, id)
  const { user, createdAt, mustChangePassword } = view
  const { active: _, ...values } = valuesOf(user)
  return {
    user: cardOf(c, view),
    createdAt: wallClock(createdAt, timezone),
    mustChangePassword,
    isOwn: id === actorOf(c).id,
    today: todayOf(c),
    zoneLabel: zoneLabel(timezone),
    sessions: await sessionsContent(c, user),
    switched: {
      ...values,
      ...(user.active ? {} : { active: 'true' }),
      formToken: c.get('formToken'),
      requestId: randomUUID(),
      version: versionOf(user),
    },
  }
}

async function sessionsContent(
  c: Context<Env>,
  { id, name }: { id: number; name: string },
): Promise<SessionsPanelProps> {
  const { db, now, config } = c.get('system')
  return {
    heading: 'Sesi',
    rows: await listSessions(db, id, now()),
    ownSessionId: c.get('session')?.id ?? '',
    now: now(),
    zone: config.timezone,
    action: sessionEndsPath(id),
    formToken: c.get('formToken'),
    requestId: randomUUID(),
    endAllLabel: 'Akhiri semua sesi',
    empty: `${name} tidak sedang masuk di perangkat mana pun.`,
  }
}
