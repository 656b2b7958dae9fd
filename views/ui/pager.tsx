import { groupThousands } from '#src/units/litres.ts'

const NEIGHBOURS = 2

export type PagerProps = {
  label: string
  page: number
  totalPages: number
  limit: number
  total: number
  /** What is counted: "catatan". */
  noun: string
  hrefFor: (page: number) => string
  /** Further attributes for each link, given its address, such as `hx-get`. */
  enhance?: (href: string) => Record<string, string>
}

export function Pager(props: PagerProps) {
  if (props.total === 0) return null
  return (
    <nav class="pager" aria-label={props.label}>
      <p class="soft">{rangeText(props)}</p>
      {props.totalPages > 1 ? <Pages {...props} /> : null}
    </nav>
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

function rangeText({ page, limit, total, noun }: PagerProps): string {
  const first = (page - 1) * limit + 1
  const all = `${groupThousands(String(total))} ${noun}`
  if (first > total) return all
  const last = Math.min(page * limit, total)
  return `${groupThousands(String(first))}–${groupThousands(String(last))} dari ${all}`
}
