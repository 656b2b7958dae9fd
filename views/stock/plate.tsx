import type { Child } from 'hono/jsx'
import { type Day, formatClock, formatDayClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { CoverDetails, CoverLine } from '#views/cover/cover-details.tsx'
import { balanceId } from '#views/ids.ts'
import { DaySum } from '#views/stock/day-sum.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { Gauge } from '#views/ui/gauge.tsx'
import { LitreNumber } from '#views/ui/litre-number.tsx'

export type PlateProps = {
  location: LocationCard
  today: Day
  /** Buttons at the foot. */
  actions?: Child
  isOutOfBand?: boolean
}

/** A location as a card among others. */
export function Plate({ location, today, actions, isOutOfBand }: PlateProps) {
  const id = balanceId(location.code)
  return (
    <section
      class={location.isLow ? 'plate is-low' : 'plate'}
      id={id}
      aria-labelledby={`${id}-title`}
      hx-swap-oob={isOutOfBand ? 'true' : undefined}
    >
      <div>
        <div class="plate-title">
          <h2 id={`${id}-title`}>{location.name}</h2>
          <LowMark location={location} />
        </div>
        <LitreNumber litres={location.balance} />
        <CoverLine location={location} today={today} />
        <p class="plate-note">
          <PlateNote location={location} today={today} />
        </p>
      </div>
      <div>
        <PlateGauge location={location} />
        <DaySum day={location.today} />
        <CoverDetails location={location} today={today} />
        {actions}
      </div>
    </section>
  )
}

export function LowMark({ location }: { location: LocationCard }) {
  return location.isLow ? <span class="plate-mark">Stok menipis</span> : null
}

/** What there is to say about a balance: over capacity, none booked yet, else who booked last. */
export function PlateNote({ location, today }: { location: LocationCard; today: Day }) {
  const { balance, capacityLitres, last } = location
  if (!location.hasEntries) return <>Belum ada catatan.</>
  return (
    <>
      {capacityLitres !== null && balance > capacityLitres ? (
        <>
          <strong>Melebihi kapasitas {formatLitres(capacityLitres)} liter.</strong>{' '}
        </>
      ) : null}
      {last ? `Terakhir dicatat ${shortTime(last.clock, today)} oleh ${last.userName}.` : null}
    </>
  )
}

export function PlateGauge({ location }: { location: LocationCard }) {
  const { name, balance, capacityLitres, lowStockLitres } = location
  if (capacityLitres === null || capacityLitres <= 0n) return null
  return (
    <Gauge
      name={name}
      litres={balance}
      capacityLitres={capacityLitres}
      lowStockLitres={lowStockLitres}
    />
  )
}

const shortTime = (clock: string, today: Day): string =>
  clock.startsWith(today) ? `pukul ${formatClock(clock)}` : formatDayClock(clock)
