import type { Day } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { CHOSEN_ID } from '#views/ids.ts'
import {
  EntryForm,
  type EntryFormKind,
  type EntryFormProps,
  entryFormHeading,
} from '#views/stock/entry-form.tsx'
import type { LocationCard } from '#views/stock/location-card.ts'
import { PlateDay, PlateHero } from '#views/stock/plate-hero.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Notice } from '#views/ui/notice.tsx'
import { Panel } from '#views/ui/panel.tsx'

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
        <ChosenLocation {...chosen} choices={form} />
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
  /** What can be chosen, as long as nothing is. */
  choices?: Pick<EntryFormProps, 'action' | 'kind' | 'locations'>
  isOutOfBand?: boolean
}

/** What is left at the location that is chosen in the form; changes with the choice. */
export function ChosenLocation({
  kind,
  location,
  today,
  canRecordOpening,
  choices,
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
          <PlateDay location={location} today={today} />
        </>
      ) : null}
      {choices && !location ? <Choices {...choices} /> : null}
    </div>
  )
}

/** What is left everywhere; a click chooses. */
function Choices({
  action,
  kind,
  locations,
}: Pick<EntryFormProps, 'action' | 'kind' | 'locations'>) {
  return (
    <Panel id="choices" heading="Pilih lokasi">
      <table class="table">
        <caption class="visually-hidden">Sisa tiap lokasi</caption>
        <thead>
          <tr>
            <th scope="col">Lokasi</th>
            <th scope="col" class="num">
              Sisa (L)
            </th>
          </tr>
        </thead>
        <tbody>
          {locations.map(({ code, name, balance }) => (
            <tr>
              <th scope="row">
                <a href={stockHref(action, { code, kind })}>{name}</a>
              </th>
              <td class="num">{formatLitres(balance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const stockHref = (action: string, { code, kind }: { code: string; kind: EntryFormKind }): string =>
  `${action}?location=${encodeURIComponent(code)}${kind === 'opening' ? '&kind=opening' : ''}`

export type OpeningNoticeProps = {
  location: { code: string; name: string }
  canRecordOpening: boolean
}

/** Where the books of a location have not begun yet. */
export function OpeningNotice({ location, canRecordOpening }: OpeningNoticeProps) {
  const href = stockHref('/stock/in', { code: location.code, kind: 'opening' })
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
