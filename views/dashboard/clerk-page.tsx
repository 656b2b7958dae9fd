import type { EntryView } from '#src/ledger/entry-view.ts'
import { type Day, formatLongDay } from '#src/units/business-day.ts'
import { LastEntries } from '#views/dashboard/last-entries.tsx'
import { EntryForm, type EntryFormProps, entryFormHeading } from '#views/stock/entry-form.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { PlateDay, PlateHero } from '#views/stock/plate-hero.tsx'
import { OpeningNotice } from '#views/stock/stock-page.tsx'
import { Button } from '#views/ui/button.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type ClerkPageProps = {
  personName: string
  today: Day
  location: LocationCard
  form: EntryFormProps
  /** The person's last five, newest first. */
  entries: EntryView[]
  newEntryId?: number | undefined
  correctable: ReadonlySet<number>
}

/** A clerk's home: what is left, the usage form right there, the last five entries. */
export function ClerkPage({
  personName,
  today,
  location,
  form,
  entries,
  newEntryId,
  correctable,
}: ClerkPageProps) {
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
        <PlateDay location={location} />
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
    </>
  )
}
