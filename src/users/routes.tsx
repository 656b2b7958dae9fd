import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readAsked } from '#src/http/asked.ts'
import { endCookies } from '#src/http/authenticate.ts'
import { readId, readInput, readTyped } from '#src/http/input.ts'
import { isFragment, type Page, redirect, render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import {
  freshRow,
  type Refusal,
  type RowContent,
  refusalOf,
  returnedRow,
  unsent,
} from '#src/http/row-form.ts'
import { TypedNewUser, TypedUser, UsersFilter } from '#src/users/input.ts'
import {
  editContent,
  findSaved,
  loadView,
  rowContent,
  usersContent,
  valuesOf,
} from '#src/users/page.ts'
import { countPeople, type UserView } from '#src/users/queries.ts'
import { invite, type Told } from '#src/users/reset.ts'
import { isSignedOut } from '#src/users/rules.ts'
import { changeUser } from '#src/users/service.ts'
import { userRowId } from '#views/ids.ts'
import { StatusLine } from '#views/ui/status-line.tsx'
import { listHref, NEW_USER_PATH, USERS_PATH } from '#views/users/filter.ts'
import { PasswordPage } from '#views/users/password-page.tsx'
import { ToldPassword, UnderRow } from '#views/users/password-parts.tsx'
import { UserEditPage, UserEditRow } from '#views/users/user-edit-row.tsx'
import { UserRow } from '#views/users/user-row.tsx'
import { UserSaved } from '#views/users/user-saved.tsx'
import { UsersCount, UsersPage } from '#views/users/users-page.tsx'

export const PERSON = `${USERS_PATH}/:id{[1-9][0-9]{0,14}}`

export const usersRoutes = [
  route('GET', USERS_PATH, can.manageUsers, async (c) => {
    const asked = await readAsked(c, UsersFilter)
    const saved = await findSaved(c)
    const content = await usersContent(c, asked, saved?.id ?? null)
    const announcement = saved ? <UserSaved {...saved} /> : undefined
    const page = { title: 'Pengguna', announcement, status: asked.status }
    return render(c, page, <UsersPage {...content} />)
  }),

  route('GET', NEW_USER_PATH, can.manageUsers, (c) =>
    showForm(c, null, freshRow(valuesOf(null), null)),
  ),

  route(
    'POST',
    USERS_PATH,
    can.manageUsers,
    async (c) => {
      try {
        const { requestId, ...input } = await readInput(c, 'form', TypedNewUser)
        const request = { id: requestId ?? randomUUID(), endpoint: `POST ${USERS_PATH}` }
        return showAdded(c, await invite(c.get('system'), { actor: actorOf(c), request }, input))
      } catch (error) {
        return showRefusal(c, null, refusalOf(c, error))
      }
    },
    { refill: (c, why) => showRefusal(c, null, unsent(why)) },
  ),

  route('GET', `${PERSON}/edit`, can.manageUsers, async (c) => {
    const { user } = await loadView(c, readId(c))
    return showForm(c, user, freshRow(valuesOf(user), user))
  }),

  route(
    'POST',
    PERSON,
    can.manageUsers,
    async (c) => {
      const id = readId(c)
      try {
        const { requestId, version, ...change } = await readInput(c, 'form', TypedUser)
        const request = { id: requestId, endpoint: `POST ${USERS_PATH}/${id}` }
        const by = { actor: actorOf(c), request }
        const { user } = await changeUser(c.get('system'), by, { id, change, version })
        return showSaved(c, user)
      } catch (error) {
        return showRefusal(c, id, refusalOf(c, error))
      }
    },
    { refill: (c, why) => showRefusal(c, readId(c), unsent(why)) },
  ),
]

async function showForm(
  c: Context<Env>,
  user: UserView | null,
  content: RowContent,
  status: Page['status'] = 200,
): Promise<Response> {
  const { filter = '' } = await readTyped(c)
  const isInline = isFragment(c)
  const props = await editContent(c, user, { content, filter, isInline })
  const heading = user ? `Ubah ${user.name}` : 'Tambah pengguna'
  const isRefused = Object.keys(content.errors).length > 0
  return render(
    c,
    { title: isRefused ? `Belum tersimpan · ${heading}` : heading, status },
    isInline ? <UserEditRow {...props} /> : <UserEditPage {...props} />,
  )
}

/** Throws Rejected 404 where there is nobody of this number; null is somebody new. */
async function showRefusal(c: Context<Env>, id: number | null, why: Refusal): Promise<Response> {
  const user = id === null ? null : (await loadView(c, id)).user
  const fresh = { values: valuesOf(user), record: user }
  return showForm(c, user, returnedRow(await readTyped(c), fresh, why), why.status)
}

async function showSaved(c: Context<Env>, user: UserView): Promise<Response> {
  if (isSignedOut(actorOf(c), user)) {
    endCookies(c)
    return redirect(c, '/login')
  }
  const { filter = '' } = await readTyped(c)
  if (isFragment(c)) return showInPlace(c, { user, filter })
  const query = new URLSearchParams(filter)
  query.set('saved', String(user.id))
  return redirect(c, listHref(query.toString(), userRowId(user.id)))
}

/** The password of somebody new is nowhere else to be seen, and so the answer to the form itself shows it. */
async function showAdded(c: Context<Env>, { user, words }: Told): Promise<Response> {
  const { filter = '' } = await readTyped(c)
  if (isFragment(c)) return showInPlace(c, { user, filter, added: { words } })
  const announcement = <UserSaved {...user} isAdded />
  return render(
    c,
    { title: user.name, announcement },
    <PasswordPage heading={user.name}>
      <ToldPassword user={user} words={words} isInline={false} />
    </PasswordPage>,
  )
}

type Shown = { user: UserView; filter: string; added?: Pick<Told, 'words'> }

/** The row as it is now, and what else on the page tells of it. */
async function showInPlace(c: Context<Env>, { user, filter, added }: Shown): Promise<Response> {
  const row = await rowContent(c, user.id, filter)
  const counts = await countPeople(c.get('system').db)
  return render(
    c,
    { title: 'Pengguna' },
    <>
      <UserRow {...row} isNew />
      {added && (
        <UnderRow userId={user.id}>
          <ToldPassword user={user} words={added.words} isInline />
        </UnderRow>
      )}
      <StatusLine>
        <UserSaved {...user} isAdded={added !== undefined} />
      </StatusLine>
      <UsersCount {...counts} isOutOfBand />
    </>,
  )
}
