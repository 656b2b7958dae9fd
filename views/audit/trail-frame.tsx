import type { Child } from 'hono/jsx'
import { type Day, formatDate } from '#src/units/business-day.ts'
import {
  ACCESS_PATH,
  type AccessFilterValues,
  AUDIT_PATH,
  type Beside,
  type ChangeFilterValues,
  isFiltered,
  trailHref,
} from '#views/audit/filter.ts'
import { NothingFound } from '#views/audit/nothing-found.tsx'
import { rangesBefore } from '#views/history/ranges.tsx'
import { AUDIT_ID } from '#views/ids.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { PeriodFields } from '#views/ui/date-field.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { Loading } from '#views/ui/loading.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { RangeLinks } from '#views/ui/range-links.tsx'

/** Where a page of a trail stands. */
export type TrailTurn = { newer: string | null; older: string | null; searchedUntil: Day | null }

export type TrailFrameProps = {
  /** The page's own path. */
  path: typeof AUDIT_PATH | typeof ACCESS_PATH
  filter: ChangeFilterValues | AccessFilterValues
  errors: Errors
  filterWords: string
  /** The fields of the filter, but for the days. */
  fields: Child
  today: Day
  /** Whether there is another list beside this one. */
  mayViewAccess: boolean
  turn: TrailTurn
  /** The cursors in the address. */
  place: Required<Beside>
  /** What is listed: "perubahan". */
  noun: string
  /** How many rows this page holds, and the table of them. */
  shown: number
  table: Child
  /** Below the list. */
  children?: Child
}

const LISTS = [
  { path: AUDIT_PATH, label: 'Perubahan' },
  { path: ACCESS_PATH, label: 'Masuk dan unduhan' },
]

/** Heading, filter, rows and pages of a list of the audit trail: everything that changes with the filter, under one root. */
export function TrailFrame(props: TrailFrameProps) {
  const isRefused = Object.keys(props.errors).length > 0
  return (
    <div
      class="audit"
      id={AUDIT_ID}
      tabindex={-1}
      hx-target={`#${AUDIT_ID}`}
      hx-select={`#${AUDIT_ID}`}
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-indicator="#audit-loading"
    >
      <div class="page-head">
        <h1>Jejak audit</h1>
        <Ranges {...props} />
      </div>
      <div class="panel">
        {props.mayViewAccess ? <Lists path={props.path} /> : null}
        <Filters {...props} isRefused={isRefused} />
        <Loading id="audit-loading" label="Memuat jejak audit" />
        {props.shown > 0 ? props.table : <NothingFound {...props} isRefused={isRefused} />}
      </div>
      <Pages {...props} />
      {props.children}
    </div>
  )
}

function Ranges({ path, filter, today }: TrailFrameProps) {
  const ranges = rangesBefore(today).map(({ label, ...range }) => ({
    label,
    href: trailHref(path, { ...filter, ...range }),
    isCurrent: filter.startDate === range.startDate && filter.endDate === range.endDate,
  }))
  return <RangeLinks ranges={ranges} />
}

function Lists({ path }: Pick<TrailFrameProps, 'path'>) {
  return (
    <nav class="ranges audit-lists" aria-label="Jenis jejak">
      {LISTS.map((list) => (
        <>
          <a
            href={list.path}
            hx-get={list.path}
            aria-current={list.path === path ? 'page' : undefined}
          >
            {list.label}
          </a>{' '}
        </>
      ))}
    </nav>
  )
}

/** On phones behind "Saring", a link that opens the form without a script. */
function Filters(props: TrailFrameProps & { isRefused: boolean }) {
  const { path, filter, errors } = props
  const kind = path === ACCESS_PATH ? 'filters-access' : 'filters-changes'
  return (
    <>
      <p class="filters-open">
        <span>{props.filterWords}</span> <ButtonLink href="#saringan">Saring</ButtonLink>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: Chromium 64 does not know <search>. */}
      <form
        class={`filters ${kind}${props.isRefused ? ' is-open' : ''}`}
        id="saringan"
        method="get"
        action={path}
        role="search"
        aria-label="Saring jejak audit"
        novalidate
        hx-get={path}
      >
        {props.fields}
        <PeriodFields values={filter} errors={errors} />
        <Buttons>
          <Button look="primary">Saring</Button>{' '}
          {isFiltered(filter) ? (
            <a class="button quiet" href={path} hx-get={path}>
              Hapus
            </a>
          ) : null}
        </Buttons>
      </form>
    </>
  )
}

function Pages({ path, filter, turn, shown, noun }: TrailFrameProps) {
  const { newer, older, searchedUntil } = turn
  const isWhole = newer === null && older === null
  const until = searchedUntil === null ? '' : `. Dicari sampai ${formatDate(searchedUntil)}.`
  return (
    <Pager
      label="Halaman jejak audit"
      page={1}
      totalPages={1}
      limit={shown}
      shown={shown}
      total={shown}
      turn={{
        newer: newer === null ? null : trailHref(path, filter, { before: newer }),
        older: older === null ? null : trailHref(path, filter, { after: older }),
      }}
      told={`${shown} ${noun}${isWhole ? '' : ' di halaman ini'}${until}`}
      noun={noun}
      hrefFor={() => path}
      enhance={(href) => ({ 'hx-get': href, 'hx-swap': `outerHTML show:#${AUDIT_ID}:top` })}
    />
  )
}
