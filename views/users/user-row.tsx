import { type Day, formatRecent, type WallClock } from '#src/units/business-day.ts'
import { userRowId } from '#views/ids.ts'
import { ActiveState, rowClass } from '#views/ui/active-state.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Code } from '#views/ui/code.tsx'
import { EditLink, RecordRows } from '#views/ui/edit-row.tsx'
import { pageOf, userHref } from '#views/users/filter.ts'

/** How many columns the table of people has. */
export const USER_COLUMNS = 7

/** Somebody as the screens of the administration tell of them. */
export type UserCard = {
  id: number
  name: string
  email: string
  roleLabel: string
  /** Null where they work at all locations. */
  location: string | null
  active: boolean
  /** Null where they never have. */
  lastSignIn: WallClock | null
}

export type UserRowProps = {
  user: UserCard
  today: Day
  /** The query of the list. */
  filter: string
  /** It was just saved. */
  isNew?: boolean
}

/** Somebody in the list, with all that htmx swaps together with the row. */
export function UserRow({ user, today, filter, isNew = false }: UserRowProps) {
  return (
    <RecordRows>
      <tr id={userRowId(user.id)} class={rowClass({ isNew, active: user.active })}>
        <th class="c-name" scope="row">
          <a href={userHref(user.id)}>{user.name}</a>
        </th>
        <td class="c-email">{user.email}</td>
        <td class="c-role">{user.roleLabel}</td>
        <td class="c-place">{user.location === null ? 'Semua' : <Code code={user.location} />}</td>
        <td class="c-state">
          <ActiveState active={user.active} />
        </td>
        <td class="c-seen soft">
          <LastSignIn lastSignIn={user.lastSignIn} today={today} />
        </td>
        <td class="c-end">
          <EditLink href={pageOf(user.id, 'edit', filter)} label={`Ubah ${user.name}`} />
        </td>
      </tr>
    </RecordRows>
  )
}

export function LastSignIn({ lastSignIn, today }: Pick<UserCard, 'lastSignIn'> & { today: Day }) {
  if (lastSignIn !== null) return <>{formatRecent(lastSignIn, today)}</>
  return (
    <>
      belum pernah <Badge tone="on">Baru</Badge>
    </>
  )
}
