import type { EntryView } from '#src/ledger/entry-view.ts'
import type { Day } from '#src/units/business-day.ts'
import { EntriesTable } from '#views/history/entries-table.tsx'
import { LAST_ENTRIES_ID } from '#views/ids.ts'
import { Empty } from '#views/ui/empty.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type LastEntriesProps = {
  heading: string
  today: Day
  entries: EntryView[]
  newEntryId?: number | undefined
  correctable: ReadonlySet<number>
  showLocation: boolean
  isOutOfBand?: boolean
}

export function LastEntries(props: LastEntriesProps) {
  return (
    <Panel
      id={LAST_ENTRIES_ID}
      heading={props.heading}
      aside={<a href="/history">Semua riwayat</a>}
      isOutOfBand={props.isOutOfBand ?? false}
    >
      {props.entries.length === 0 ? (
        <Empty heading="Belum ada catatan">
          <p>Stok masuk dan pemakaian yang dicatat muncul di sini.</p>
        </Empty>
      ) : (
        <EntriesTable
          caption={`${props.heading}, terbaru di atas`}
          groups={[{ day: props.today, entries: props.entries }]}
          showLocation={props.showLocation}
          isFull={false}
          newEntryIds={props.newEntryId === undefined ? [] : [props.newEntryId]}
          correctable={props.correctable}
        />
      )}
    </Panel>
  )
}
