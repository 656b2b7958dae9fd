import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { ROLE_LABELS } from '#src/auth/permissions.ts'
import { listSessions } from '#src/auth/session-list.ts'
import { sessionOf } from '#src/http/actor.ts'
import { unpackForm } from '#src/http/carried-form.ts'
import { readTyped } from '#src/http/input.ts'
import { localPath } from '#src/http/local-path.ts'
import { showFirstPassword } from '#src/http/own-password.tsx'
import { render } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { AccountPage } from '#views/account/account-page.tsx'
import { PasswordPage } from '#views/account/password-page.tsx'
import { ENDINGS_PATH } from '#views/account/paths.ts'
import { SessionsPanel, type SessionsPanelProps } from '#views/sessions/sessions-table.tsx'
import { StatusLine } from '#views/ui/status-line.tsx'

/** A form that was refused, or came back without having been looked at. */
export type Shown = {
  status?: 200 | 403 | 409 | 422
  errors?: Record<string, string>
  /** Kept where the form may be sent again under its key. */
  requestId?: string | undefined
}

/** The account, with the name as it is, or as it was typed. */
export async function showAccount(c: Context<Env>, shown: Shown = {}): Promise<Response> {
  const { status = 200, errors = {}, requestId } = shown
  const { actor } = sessionOf(c)
  const typed = c.req.method === 'POST' ? await readTyped(c) : {}
  const place = actor.location?.name ?? 'tanpa lokasi'
  return render(
    c,
    {
      title: Object.keys(errors).length === 0 ? 'Akun saya' : 'Belum tersimpan · Akun saya',
      status,
      announcement: announcementOf(c),
    },
    <AccountPage
      formToken={c.get('formToken')}
      requestId={requestId || randomUUID()}
      name={typed.name ?? actor.name}
      errors={errors}
      email={actor.email}
      roleLabel={ROLE_LABELS[actor.role]}
      placeLabel={actor.role === 'operasional' ? place : 'semua lokasi'}
      sessions={await ownSessions(c)}
    />,
  )
}

/** The sessions that are left, with what became of the others: the answer to htmx. */
export async function showSessions(c: Context<Env>, ended: number): Promise<Response> {
  return render(
    c,
    { title: 'Akun saya' },
    <>
      <SessionsPanel {...(await ownSessions(c))} />
      <StatusLine>{endedStatus(ended)}</StatusLine>
    </>,
  )
}

/** The form for another password; where an admin made up the one there is, nothing else is within reach. */
export async function showPassword(c: Context<Env>, shown: Shown = {}): Promise<Response> {
  const { status = 200, errors = {}, requestId } = shown
  const { actor, mustChangePassword } = sessionOf(c)
  const { next, unsent, carried } = c.req.method === 'POST' ? await readTyped(c) : c.req.query()
  if (mustChangePassword) {
    return showFirstPassword(c, {
      ...shown,
      next: localPath(next),
      carried: unpackForm(carried) && carried ? carried : null,
      isUnsent: unsent === '1',
    })
  }
  return render(
    c,
    { title: 'Ganti kata sandi', status },
    <PasswordPage
      formToken={c.get('formToken')}
      requestId={requestId || randomUUID()}
      email={actor.email}
      next={next ? localPath(next) : ''}
      errors={errors}
    />,
  )
}

async function ownSessions(c: Context<Env>): Promise<SessionsPanelProps> {
  const system = c.get('system')
  const formToken = c.get('formToken')
  const { id, actor } = sessionOf(c)
  const now = system.now()
  const rows = await listSessions(system.db, actor.id, now)
  return {
    heading: 'Sesi saya',
    rows,
    ownSessionId: id,
    now,
    zone: system.config.timezone,
    action: ENDINGS_PATH,
    formToken,
    requestId: randomUUID(),
    endAllLabel: rows.length > 1 ? 'Akhiri sesi lain' : undefined,
    empty: 'Anda tidak masuk di mana pun.',
  }
}

function announcementOf(c: Context<Env>): Child {
  const { saved, ended } = c.req.query()
  if (saved === 'name') return <strong>Nama tersimpan.</strong>
  if (saved === 'password') {
    return (
      <>
        <strong>Kata sandi diganti.</strong> Sesi Anda di perangkat lain sudah berakhir.
      </>
    )
  }
  return ended !== undefined && /^\d{1,4}$/.test(ended) ? endedStatus(Number(ended)) : undefined
}

const endedStatus = (ended: number): Child =>
  ended === 0 ? (
    <strong>Sesi itu sudah berakhir sebelumnya.</strong>
  ) : (
    <strong>{ended === 1 ? 'Satu sesi diakhiri.' : `${ended} sesi diakhiri.`}</strong>
  )
