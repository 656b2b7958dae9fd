export type SortHeadProps = {
  label: string
  class: string
  /** How the column is sorted at this moment, if it is. */
  order: 'up' | 'down' | null
  /** The table sorted as the next click asks for. */
  href: string
}

/** The head of a column that sorts its table. */
export function SortHead({ label, class: className, order, href }: SortHeadProps) {
  const isDown = order === 'down'
  const isUp = order === 'up'
  return (
    <th
      scope="col"
      class={className}
      aria-sort={isDown ? 'descending' : isUp ? 'ascending' : undefined}
    >
      <a class={isDown ? 'sort-down' : isUp ? 'sort-up' : undefined} href={href} hx-get={href}>
        {label}
      </a>
    </th>
  )
}
