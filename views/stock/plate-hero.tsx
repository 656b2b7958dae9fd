import type { Day } from '#src/units/business-day.ts'
import { CoverDetails, CoverLine } from '#views/cover/cover-details.tsx'
import { SendSummary } from '#views/cover/send-summary.tsx'
import type { DepotClock } from '#views/cover/summary-text.ts'
import { BALANCE_DAY_ID, BALANCE_ID } from '#views/ids.ts'
import { DaySum } from '#views/stock/day-sum.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { LowMark, PlateGauge, PlateNote } from '#views/stock/plate.tsx'
import { Buttons } from '#views/ui/button.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import { LitreNumber } from '#views/ui/litre-number.tsx'

export type PlateHeroProps = {
  location: LocationCard
  today: Day
  /** The page's first heading, unless the page has one of its own above. */
  headingLevel?: 1 | 2
  isOutOfBand?: boolean
}

const MOST = 64

/** What is left at one location, as the biggest thing on the screen. */
export const PlateHero = drawnOnce(MOST, (props: PlateHeroProps) => {
  const { location, today, headingLevel = 1, isOutOfBand } = props
  const Heading = headingLevel === 1 ? 'h1' : 'h2'
  return (
    <section
      class={location.isLow ? 'plate plate-hero is-low' : 'plate plate-hero'}
      id={BALANCE_ID}
      aria-labelledby={`${BALANCE_ID}-title`}
      hx-swap-oob={isOutOfBand ? 'true' : undefined}
    >
      <div>
        <div class="plate-title">
          <Heading id={`${BALANCE_ID}-title`}>Sisa solar di {location.name}</Heading>
          <LowMark location={location} />
        </div>
        <LitreNumber litres={location.balance} />
        <CoverLine location={location} today={today} />
        <p class="plate-note">
          <PlateNote location={location} today={today} />
        </p>
      </div>
      <PlateGauge location={location} />
    </section>
  )
})

export type PlateDayProps = {
  location: LocationCard
  today: Day
  /** Where the figures may be sent on from. */
  clock?: DepotClock
  isOutOfBand?: boolean
}

/** The day's sums that belong to the hero, apart from it because phones show them below the form. */
export const PlateDay = drawnOnce(MOST, (props: PlateDayProps) => {
  const { location, today, clock, isOutOfBand } = props
  return (
    <section
      class="plate plate-day"
      id={BALANCE_DAY_ID}
      aria-label="Hari ini"
      hx-swap-oob={isOutOfBand ? 'true' : undefined}
    >
      <DaySum day={location.today} />
      <CoverDetails location={location} today={today} />
      {clock ? (
        <Buttons>
          <SendSummary locations={[location]} clock={clock} />
        </Buttons>
      ) : null}
    </section>
  )
})
