import { USERS_HEAD_ID } from '#views/ids.ts'
import { type UsersFilterValues, usersHref } from '#views/users/filter.ts'

/** The columns of the list; without a filter they do not sort. */
export function UsersHead({ filter }: { filter?: UsersFilterValues }) {
  return (
    <thead id={USERS_HEAD_ID}>
      <tr>
        <SortHead filter={filter} by="name" label="Nama" class="c-name" />
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
        <SortHead filter={filter} by="lastSignIn" label="Terakhir masuk" class="c-seen" />
        <th scope="col" class="c-end">
          <span class="visually-hidden">Tindakan</span>
        </th>
      </tr>
    </thead>
  )
}

type SortHeadProps = {
  filter: UsersFilterValues | undefined
  by: 'name' | 'lastSignIn'
  label: string
  class: string
}

/** Names go upwards first, times downwards; the next click turns it round. */
function SortHead({ filter, by, label, class: className }: SortHeadProps) {
  if (!filter) {
    return (
      <th scope="col" class={className}>
        {label}
      </th>
    )
  }
  const isUp = filter.sort === by
  const isDown = filter.sort === `-${by}`
  const first = by === 'name' ? by : `-${by}`
  const turned = isUp ? `-${by}` : by
  const href = usersHref({ ...filter, sort: isUp || isDown ? turned : first })
  return (
    <th
      scope="col"
      class={className}
      aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
    >
      <a class={isUp ? 'sort-up' : isDown ? 'sort-down' : undefined} href={href} hx-get={href}>
        {label}
      </a>
    </th>
  )
}
