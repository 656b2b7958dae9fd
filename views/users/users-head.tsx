import { USERS_HEAD_ID } from '#views/ids.ts'
import { SortHead } from '#views/ui/sort-head.tsx'
import { type UsersFilterValues, usersHref } from '#views/users/filter.ts'

/** The columns of the list; without a filter they do not sort. */
export function UsersHead({ filter }: { filter?: UsersFilterValues }) {
  return (
    <thead id={USERS_HEAD_ID}>
      <tr>
        <UsersSort filter={filter} by="name" label="Nama" class="c-name" />
        <th scope="col" class="c-email">
          Email
        </th>
        <th scope="col" class="c-role">
          Peran
        </th>
        <th scope="col" class="c-place">
          Lokasi
        </th>
        <th scope="col" class="c-state">
          Status
        </th>
        <UsersSort filter={filter} by="lastSignIn" label="Terakhir masuk" class="c-seen" />
        <th scope="col" class="c-end">
          <span class="visually-hidden">Tindakan</span>
        </th>
      </tr>
    </thead>
  )
}

type UsersSortProps = {
  filter: UsersFilterValues | undefined
  by: 'name' | 'lastSignIn'
  label: string
  class: string
}

/** Names go upwards first, times downwards; the next click turns it round. */
function UsersSort({ filter, by, label, class: className }: UsersSortProps) {
  if (!filter) {
    return (
      <th scope="col" class={className}>
        {label}
      </th>
    )
  }
  const order = filter.sort === by ? 'up' : filter.sort === `-${by}` ? 'down' : null
  const next = { up: `-${by}`, down: by, first: by === 'name' ? by : `-${by}` }
  const href = usersHref({ ...filter, sort: next[order ?? 'first'] })
  return <SortHead label={label} class={className} order={order} href={href} />
}
