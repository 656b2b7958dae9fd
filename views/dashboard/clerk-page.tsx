import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatLongDay } from '#src/units/business-day.ts'
import type { DepotClock } from '#views/cover/summary-text.ts'
import { LastEntries } from '#views/dashboard/last-entries.tsx'
import { BALANCE_DAY_ID, BALANCE_ID, LAST_ENTRIES_ID, LOW_STOCK_ID } from '#views/ids.ts'
import { EntryForm, type EntryFormProps, entryFormHeading } from '#views/stock/entry-form.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { PlateDay, PlateHero } from '#views/stock/plate-hero.tsx'
import { OpeningNotice } from '#views/stock/stock-page.tsx'
import { Button } from '#views/ui/button.tsx'
import { Freshness } from '#views/ui/freshness.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type ClerkPageProps = {
  personName: string
  clock: DepotClock
  location: LocationCard
  form: EntryFormProps
  /** The person's last five, newest first. */
  entries: EntryView[]
  newEntryId?: number | undefined
  correctable: ReadonlySet<number>
  version?: string | undefined
}

/** The form stays out of it, with what is being typed into it. */
const FRESH_PARTS = [LOW_STOCK_ID, BALANCE_ID, BALANCE_DAY_ID, LAST_ENTRIES_ID]

/** A clerk's home: what is left, the usage form right there, the last five entries. */
export function ClerkPage({
  personName,
  clock,
  location,
  form,
  entries,
  newEntryId,
  correctable,
  version,
}: ClerkPageProps) {
  const today = clock.now.slice(0, 10)
  return (
    <>
      <div class="page-head page-head-person">
        <div>
          <p class="person">{personName}</p>
          <p class="person-day">{formatLongDay(today)}</p>
        </div>
        <form method="post" action="/logout">
          <input type="hidden" name="formToken" value={form.formToken} />
          <Button look="quiet">Ganti pengguna</Button>
        </form>
      </div>
      {location.hasEntries ? null : <OpeningNotice location={location} canRecordOpening={false} />}
      <div class="desk desk-clerk">
        <PlateHero location={location} today={today} />
        <PlateDay location={location} today={today} clock={clock} />
        <Panel
          id="usage"
          heading={entryFormHeading(form.kind)}
          aside={<span class="soft">Waktu: sekarang</span>}
        >
          <EntryForm {...form} />
        </Panel>
      </div>
      <LastEntries
        heading="Lima catatan terakhir"
        today={today}
        entries={entries}
        newEntryId={newEntryId}
        correctable={correctable}
        showLocation={false}
      />
      {version === undefined ? null : <Freshness version={version} href="/" parts={FRESH_PARTS} />}
    </>
  )
}
