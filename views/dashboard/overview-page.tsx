import type { Child } from 'hono/jsx'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { type Day, formatClock, formatLongDay, type WallClock } from '#src/units/business-day.ts'
import { SendSummary } from '#views/cover/send-summary.tsx'
import { LastEntries } from '#views/dashboard/last-entries.tsx'
import { LOW_STOCK_ID, OVERVIEW_ID, OVERVIEW_NOW_ID, SUMMARY_ID } from '#views/ids.ts'
import type { LocationCard } from '#views/stock/location-card.ts'
import { Plate } from '#views/stock/plate.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import { Empty } from '#views/ui/empty.tsx'
import { Freshness } from '#views/ui/freshness.tsx'

export type OverviewPageProps = {
  now: WallClock
  zoneLabel: string
  locations: LocationCard[]
  /** Today's, newest first. */
  entries: EntryView[]
  newEntryId?: number | undefined
  correctable: ReadonlySet<number>
  /** The last days as a chart, under today's entries. */
  trend?: Child
  version?: string | undefined
}

const FRESH_PARTS = [LOW_STOCK_ID, OVERVIEW_NOW_ID, SUMMARY_ID, OVERVIEW_ID]

/** Home of supervisors and admins: a plate a location, both forms one click away, today's entries. */
export function OverviewPage({
  now,
  zoneLabel,
  locations,
  entries,
  newEntryId,
  correctable,
  trend,
  version,
}: OverviewPageProps) {
  const today = now.slice(0, 10)
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Sisa solar per lokasi</h1>
          <p
            id={OVERVIEW_NOW_ID}
          >{`${formatLongDay(today)}, pukul ${formatClock(now)} ${zoneLabel}`}</p>
        </div>
        {locations.length === 0 ? null : (
          <SendSummary locations={locations} clock={{ now, zoneLabel }} />
        )}
      </div>
      <div class="overview" id={OVERVIEW_ID}>
        {locations.length === 0 ? <NoLocations /> : null}
        <div class="desk desk-two">
          {locations.map((location) => (
            <LocationPlate location={location} today={today} />
          ))}
        </div>
        <LastEntries
          heading="Catatan hari ini"
          today={today}
          entries={entries}
          newEntryId={newEntryId}
          correctable={correctable}
          showLocation
        />
        {trend}
      </div>
      {version === undefined ? null : <Freshness version={version} href="/" parts={FRESH_PARTS} />}
    </>
  )
}

/** Of a depot with many locations, before and after the last bookings. */
const MOST = 100

const LocationPlate = drawnOnce(
  MOST,
  ({ location, today }: { location: LocationCard; today: Day }) => (
    <Plate location={location} today={today} actions={<Actions location={location} />} />
  ),
)

function Actions({ location }: { location: LocationCard }) {
  const { name, hasEntries } = location
  if (!hasEntries) {
    return (
      <Buttons>
        <ButtonLink
          look="primary"
          href={`${stockHref('/stock/in', location)}&kind=opening`}
          label={`Catat stok awal ${name}`}
        >
          Catat stok awal
        </ButtonLink>
      </Buttons>
    )
  }
  return (
    <Buttons>
      <ButtonLink
        look="primary"
        href={stockHref('/stock/in', location)}
        label={`Catat stok masuk ${name}`}
      >
        Catat stok masuk
      </ButtonLink>{' '}
      <ButtonLink href={stockHref('/stock/out', location)} label={`Catat pemakaian ${name}`}>
        Catat pemakaian
      </ButtonLink>{' '}
      <ButtonLink href={stockHref('/history', location)} label={`Riwayat ${name}`}>
        Riwayat
      </ButtonLink>
    </Buttons>
  )
}

function NoLocations() {
  return (
    <div class="panel">
      <Empty heading="Belum ada lokasi">
        <p>Minta admin menambah lokasi lebih dulu.</p>
      </Empty>
    </div>
  )
}

const stockHref = (path: string, { code }: LocationCard): string =>
  `${path}?location=${encodeURIComponent(code)}`
