import { groupThousands } from '#src/units/litres.ts'

const NEIGHBOURS = 2

export type PagerProps = {
  label: string
  page: number
  /** That can be reached; of a table that nobody counted to its end these are not all. */
  totalPages: number
  limit: number
  /** How many rows this page holds. */
  shown: number
  total: number
  /** Nobody counted to the end: there are more than `total`. */
  isMore?: boolean
  /** Where pages have no numbers: the addresses of those beside this one. */
  turn?: { newer: string | null; older: string | null } | null
  /** What to say of how many there are, where that is more than a number. */
  told?: string | undefined
  /** Numbers of rows a page that can be chosen. */
  sizes?: { size: number; href: string }[]
  /** What is counted: "catatan". */
  noun: string
  hrefFor: (page: number) => string
  /** Further attributes for each link, given its address, such as `hx-get`. */
  enhance?: (href: string) => Record<string, string>
}

export function Pager(props: PagerProps) {
  const { turn, totalPages, total, sizes } = props
  const isTurned = turn && (turn.newer ?? turn.older) !== null
  if (total === 0 && !isTurned) return null
  const hasNumbers = !turn && totalPages > 1
  return (
    <nav class="pager" aria-label={props.label}>
      <p class="soft">{props.told ?? rangeText(props)}</p>
      {sizes ? <Sizes {...props} sizes={sizes} /> : null}
      {isTurned ? <Turn {...props} turn={turn} /> : null}
      {hasNumbers ? <Pages {...props} /> : null}
    </nav>
  )
}

function Sizes({ sizes, limit, enhance }: PagerProps & Required<Pick<PagerProps, 'sizes'>>) {
  return (
    <p class="pager-sizes">
      <span class="soft">Baris per halaman</span>{' '}
      {sizes.map(({ size, href }) => (
        <>
          <a
            href={href}
            aria-current={size === limit ? 'true' : undefined}
            aria-label={`${size} baris per halaman`}
            {...enhance?.(href)}
          >
            {size}
          </a>{' '}
        </>
      ))}
    </p>
  )
}

function Turn({ turn, enhance }: PagerProps & { turn: NonNullable<PagerProps['turn']> }) {
  const links = [
    { rel: 'prev', href: turn.newer, text: 'Lebih baru' },
    { rel: 'next', href: turn.older, text: 'Lebih lama' },
  ]
  return (
    <ul>
      {links.map(({ rel, href, text }) =>
        href === null ? null : (
          <li class="pager-turn">
            <a href={href} rel={rel} {...enhance?.(href)}>
              {text}
            </a>
          </li>
        ),
      )}
    </ul>
  )
}

function Pages(props: PagerProps) {
  const { page, totalPages } = props
  return (
    <ul>
      {page > 1 ? (
        <li class="pager-turn">
          <PageLink {...props} to={Math.min(page - 1, totalPages)} rel="prev" text="Sebelumnya" />
        </li>
      ) : null}
      {pageNumbers(page, totalPages).map((to) => (
        <li>
          {to === null ? (
            <span class="gap">…</span>
          ) : (
            <PageLink {...props} to={to} text={String(to)} />
          )}
        </li>
      ))}
      {page < totalPages ? (
        <li class="pager-turn">
          <PageLink {...props} to={page + 1} rel="next" text="Berikutnya" />
        </li>
      ) : null}
    </ul>
  )
}

function PageLink(props: PagerProps & { to: number; text: string; rel?: 'prev' | 'next' }) {
  const href = props.hrefFor(props.to)
  const isCurrent = props.rel === undefined && props.to === props.page
  return (
    <a
      href={href}
      rel={props.rel}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={props.rel ? undefined : `Halaman ${props.to}`}
      {...props.enhance?.(href)}
    >
      {props.text}
    </a>
  )
}

/** The first, the last and those around the current page; null stands for a gap. */
export function pageNumbers(page: number, totalPages: number): (number | null)[] {
  const near = (to: number) =>
    Math.abs(to - page) <= NEIGHBOURS - 1 || to === 1 || to === totalPages
  const candidates = [
    1,
    ...Array.from({ length: 2 * NEIGHBOURS + 1 }, (_, at) => page - NEIGHBOURS + at),
    totalPages,
  ]
  const shown = [...new Set(candidates)].filter((to) => to >= 1 && to <= totalPages && near(to))
  shown.sort((a, b) => a - b)
  return shown.flatMap((to, at) => {
    const before = shown[at - 1] ?? to - 1
    if (to - before === 2) return [to - 1, to]
    return to - before > 2 ? [null, to] : [to]
  })
}

function rangeText(props: PagerProps): string {
  const { page, totalPages, limit, shown, total, isMore, noun, turn } = props
  const all = `${isMore ? 'lebih dari ' : ''}${groupThousands(String(total))} ${noun}`
  if (turn || shown === 0) return all
  const first = (page - 1) * limit + 1
  const numbers = [first, first + shown - 1].map((number) => groupThousands(String(number)))
  const isLast = isMore && page >= totalPages
  return `${numbers.join('–')} dari ${all}${isLast ? '; persempit saringan untuk melihat sisanya' : ''}`
}
