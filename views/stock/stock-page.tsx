import type { Day } from '#src/units/business-day.ts'
import { CHOSEN_ID } from '#views/ids.ts'
import { EntryForm, type EntryFormProps, entryFormHeading } from '#views/stock/entry-form.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { PlateDay, PlateHero } from '#views/stock/plate-hero.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Notice } from '#views/ui/notice.tsx'

export type StockPageProps = ChosenLocationProps & { form: EntryFormProps }

/** /stock/in and /stock/out. */
export function StockPage({ form, ...chosen }: StockPageProps) {
  const heading = entryFormHeading(form.kind)
  return (
    <>
      <div class="page-head">
        <h1>{heading}</h1>
      </div>
      <div class="desk desk-stock">
        <ChosenLocation {...chosen} />
        <section class="panel" aria-label={heading}>
          <EntryForm {...form} />
        </section>
      </div>
    </>
  )
}

export type ChosenLocationProps = {
  kind: EntryFormProps['kind']
  /** Null as long as no location is chosen. */
  location: LocationCard | null
  today: Day
  canRecordOpening: boolean
  isOutOfBand?: boolean
}

/** What is left at the location that is chosen in the form; changes with the choice. */
export function ChosenLocation({
  kind,
  location,
  today,
  canRecordOpening,
  isOutOfBand,
}: ChosenLocationProps) {
  return (
    <div class="chosen" id={CHOSEN_ID} hx-swap-oob={isOutOfBand ? 'true' : undefined}>
      {location && !location.hasEntries && kind !== 'opening' ? (
        <OpeningNotice location={location} canRecordOpening={canRecordOpening} />
      ) : null}
      {location ? (
        <>
          <PlateHero location={location} today={today} headingLevel={2} />
          <PlateDay location={location} />
        </>
      ) : (
        <Notice>
          <p>Pilih lokasi untuk melihat sisanya.</p>
        </Notice>
      )}
    </div>
  )
}

export type OpeningNoticeProps = {
  location: { code: string; name: string }
  canRecordOpening: boolean
}

/** Where the books of a location have not begun yet. */
export function OpeningNotice({ location, canRecordOpening }: OpeningNoticeProps) {
  const href = `/stock/in?location=${encodeURIComponent(location.code)}&kind=opening`
  return (
    <Notice heading={`Belum ada catatan di ${location.name}`}>
      <p>
        {canRecordOpening
          ? 'Mulai dengan stok awal: liter yang ada di tangki sekarang.'
          : 'Minta supervisor mencatat stok awal lebih dulu.'}
      </p>
      {canRecordOpening ? (
        <Buttons>
          <ButtonLink look="primary" href={href}>
            Catat stok awal
          </ButtonLink>
        </Buttons>
      ) : null}
    </Notice>
  )
}
