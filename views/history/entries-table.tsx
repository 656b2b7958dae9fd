import type { EntryView } from '#src/ledger/entry-view.ts'
import { type Day, formatLongDay } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { EntriesHead, type EntriesHeadProps } from '#views/history/entries-head.tsx'
import { EntryRow } from '#views/history/entry-row.tsx'
import type { DayFigures } from '#views/stock/location-card.ts'
import { Signed } from '#views/stock/signed.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type EntryGroup = {
  /** Rows of this day show the clock alone. */
  day: Day | null
  entries: EntryView[]
  /** Draws the day's heading, with its sums where they are known. */
  heading?: DayHeading
}

export type DayHeading = { figures?: DayFigures | undefined }

export type EntriesTableProps = {
  caption: string
  groups: EntryGroup[]
  showLocation: boolean
  /** With reference and who, as the history shows them. */
  isFull: boolean
  newEntryIds?: readonly number[]
  /** The entries that this person may correct now. */
  correctable: ReadonlySet<number>
  /** Where corrections open below their rows: the history's filter, as a query. */
  inlineFilter?: string
  /** Under which filter the columns time and litres sort; plain words otherwise. */
  sorts?: EntriesHeadProps['sorts']
}

/** How many columns the history has, for rows that hold one cell. */
export const HISTORY_COLUMNS = columnsOf({ showLocation: true, isFull: true })

/** The ledger: the same cells everywhere, a `tbody` a day. */
export function EntriesTable(props: EntriesTableProps) {
  const { showLocation, isFull } = props
  const columns = columnsOf(props)
  return (
    <table class="table stack ledger">
      <caption class="visually-hidden">{props.caption}</caption>
      <EntriesHead showLocation={showLocation} isFull={isFull} sorts={props.sorts} />
      {props.groups.map((group) => (
        <tbody>
          {group.heading && group.day ? (
            <DayRow day={group.day} columns={columns} figures={group.heading.figures} />
          ) : null}
          {group.entries.map((entry) => (
            <EntryRow
              entry={entry}
              day={group.day}
              showLocation={showLocation}
              isFull={isFull}
              isNew={props.newEntryIds?.includes(entry.id) ?? false}
              isCorrectable={props.correctable.has(entry.id)}
              inlineFilter={props.correctable.has(entry.id) ? props.inlineFilter : undefined}
            />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function columnsOf(props: { showLocation: boolean; isFull: boolean }): number {
  return 7 + (props.showLocation ? 1 : 0) + (props.isFull ? 2 : 0)
}

type DayRowProps = { day: Day; columns: number; figures: DayFigures | undefined }

/** Of the days of some forty pages. */
const MOST_DAYS = 200

const DayRow = drawnOnce(MOST_DAYS, ({ day, columns, figures }: DayRowProps) => {
  return (
    <tr class="day">
      <th colspan={columns} scope="rowgroup">
        <div class="day-line">
          <strong>{formatLongDay(day)}</strong>
          {figures ? <Figures figures={figures} /> : null}
        </div>
      </th>
    </tr>
  )
})

function Figures({ figures }: { figures: DayFigures }) {
  return (
    <span class="day-figures">
      <span>
        Awal <b>{formatLitres(figures.opening)}</b>
      </span>{' '}
      <span>
        Masuk <Signed as="b" type="IN" litres={figures.in} />
      </span>{' '}
      <span>
        Pemakaian <Signed as="b" type="OUT" litres={figures.out} />
      </span>{' '}
      <span>
        Akhir <b>{formatLitres(figures.closing)} L</b>
      </span>
    </span>
  )
}
