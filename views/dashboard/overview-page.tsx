import type { Child } from 'hono/jsx'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatClock, formatLongDay, type WallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { LastEntries } from '#views/dashboard/last-entries.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { Plate } from '#views/stock/plate.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Empty } from '#views/ui/empty.tsx'
import { Notice } from '#views/ui/notice.tsx'

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
}

/** Home of supervisors and admins: a plate a location, both forms one click away, today's entries. */
export function OverviewPage({
  now,
  zoneLabel,
  locations,
  entries,
  newEntryId,
  correctable,
  trend,
}: OverviewPageProps) {
  const today = now.slice(0, 10)
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Sisa solar per lokasi</h1>
          <p>{`${formatLongDay(today)}, pukul ${formatClock(now)} ${zoneLabel}`}</p>
        </div>
      </div>
      {locations
        .filter(({ isLow }) => isLow)
        .map((location) => (
          <LowNotice location={location} />
        ))}
      {locations.length === 0 ? <NoLocations /> : null}
      <div class="desk desk-two">
        {locations.map((location) => (
          <Plate location={location} today={today} actions={<Actions location={location} />} />
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
    </>
  )
}

function LowNotice({ location }: { location: LocationCard }) {
  const threshold = location.lowStockLitres
  return (
    <Notice tone="low" isLine>
      <p>
        <strong>{location.name} di bawah batas.</strong> Sisa {formatLitres(location.balance)} liter
        {threshold === null ? '' : `, batas ${formatLitres(threshold)} liter`}.
      </p>
      <a href={stockHref('/stock/in', location)}>Catat stok masuk</a>
    </Notice>
  )
}

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
