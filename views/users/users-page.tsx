import type { Day } from '#src/units/business-day.ts'
import { USERS_COUNT_ID, USERS_HEAD_ID, USERS_ID, userRowId } from '#views/ids.ts'
import { KEYS_PATH } from '#views/keys/words.ts'
import { Button, Buttons } from '#views/ui/button.tsx'
import { AddLink } from '#views/ui/edit-row.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Select } from '#views/ui/select.tsx'
import {
  NEW_USER_PATH,
  USERS_PATH,
  type UsersFilterValues,
  usersHref,
  usersQuery,
} from '#views/users/filter.ts'
import { NobodyFound } from '#views/users/nobody-found.tsx'
import { type UserCard, UserRow } from '#views/users/user-row.tsx'
import { UsersHead } from '#views/users/users-head.tsx'

export type UsersPageProps = {
  users: UserCard[]
  filter: UsersFilterValues
  /** What is wrong with the filter. */
  errors: Errors
  counts: UsersCount
  /** How many the filter chooses. */
  chosen: number
  page: number
  limit: number
  today: Day
  /** The row that was just saved. */
  savedId: number | null
}

const ACTIVE = [
  { value: '', label: 'Semua' },
  { value: 'yes', label: 'Aktif' },
  { value: 'no', label: 'Nonaktif' },
]

/** Everybody with an account. What changes with the filter stands under one root, below the heading. */
export function UsersPage(props: UsersPageProps) {
  const { filter, errors, page, limit, chosen, users } = props
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Pengguna</h1>
          <UsersCount {...props.counts} />
        </div>
        <p class="users-ways">
          <a href={KEYS_PATH}>Kunci API</a>{' '}
          <AddLink
            look="primary"
            href={NEW_USER_PATH}
            headId={USERS_HEAD_ID}
            opens={userRowId('new')}
          >
            Tambah pengguna
          </AddLink>
        </p>
      </div>
      <div
        class="users"
        id={USERS_ID}
        tabindex={-1}
        hx-target={`#${USERS_ID}`}
        hx-select={`#${USERS_ID}`}
        hx-swap="outerHTML"
        hx-push-url="true"
      >
        <section class="panel" aria-label="Daftar pengguna">
          <Filters filter={filter} errors={errors} />
          {users.length > 0 ? <UsersTable {...props} /> : <NobodyFound errors={errors} />}
        </section>
        <Pager
          label="Halaman pengguna"
          page={page}
          totalPages={Math.ceil(chosen / limit)}
          limit={limit}
          shown={users.length}
          total={chosen}
          noun="pengguna"
          hrefFor={(to) => usersHref(filter, to)}
          enhance={(href) => ({ 'hx-get': href, 'hx-swap': `outerHTML show:#${USERS_ID}:top` })}
        />
      </div>
    </>
  )
}

export type UsersCount = { all: number; active: number }

/** Sent along with the answer to a change, whether or not it has become another one. */
export function UsersCount({ all, active, isOutOfBand }: UsersCount & { isOutOfBand?: boolean }) {
  return (
    <p id={USERS_COUNT_ID} hx-swap-oob={isOutOfBand ? 'true' : undefined}>
      {all} orang, {active} aktif
    </p>
  )
}

function Filters({ filter, errors }: Pick<UsersPageProps, 'filter' | 'errors'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: Chromium 64 does not know <search>.
    <form
      class="filters filters-few"
      method="get"
      action={USERS_PATH}
      role="search"
      aria-label="Cari pengguna"
      novalidate
      hx-get={USERS_PATH}
    >
      <TextField
        id="search"
        name="search"
        type="search"
        label="Cari nama atau email"
        value={filter.search}
        error={errors.search}
        maxLength={100}
      />
      <Select
        id="active"
        name="active"
        label="Status"
        value={filter.active}
        error={errors.active}
        options={ACTIVE}
      />
      {filter.sort === 'name' ? null : <input type="hidden" name="sort" value={filter.sort} />}
      <Buttons>
        <Button>Cari</Button>
      </Buttons>
    </form>
  )
}

function UsersTable({ users, filter, page, today, savedId }: UsersPageProps) {
  const query = usersQuery(filter, page)
  return (
    <table class="table stack people">
      <caption class="visually-hidden">Pengguna</caption>
      <UsersHead filter={filter} />
      {users.map((user) => (
        <UserRow user={user} today={today} filter={query} isNew={user.id === savedId} />
      ))}
    </table>
  )
}
