import { formatLitres, formatRound, type Litres } from '#src/units/litres.ts'
import type { ConsumerEntry } from '#views/consumers/consumer-row.tsx'
import { ConsumersPanel } from '#views/consumers/consumers-panel.tsx'
import { Fact } from '#views/history/entry-facts.tsx'
import { HISTORY_PATH } from '#views/history/filter.ts'
import type { LocationEntry } from '#views/locations/location-row.tsx'
import { LOCATIONS_PATH, locationEditHref } from '#views/locations/paths.ts'
import { ActiveState } from '#views/ui/active-state.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'

export type LocationPageProps = {
  location: LocationEntry & { balance: Litres }
  consumers: ConsumerEntry[]
  /** The genset or tug that was just saved. */
  savedId: number | null
}

/** One location: what is known of it, and its gensets or tugs. */
export function LocationPage({ location, consumers, savedId }: LocationPageProps) {
  const { id, code, name, capacityLitres, lowStockLitres, active, balance } = location
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{code}</h1>
          <p>{name}</p>
        </div>
        <p>
          <a href={LOCATIONS_PATH}>Semua lokasi</a>
        </p>
      </div>
      <section class="panel" aria-label={`Rincian ${code}`}>
        <dl class="facts facts-two">
          <Fact label="Kapasitas">{limitInWords(capacityLitres, 'tidak dicatat')}</Fact>
          <Fact label="Batas stok menipis">{limitInWords(lowStockLitres, 'tanpa peringatan')}</Fact>
          <Fact label="Sisa sekarang">{formatLitres(balance)} L</Fact>
          <Fact label="Status">
            <ActiveState active={active} />
          </Fact>
        </dl>
      </section>
      <Buttons>
        <ButtonLink href={locationEditHref(id)} look="primary">
          Ubah
        </ButtonLink>{' '}
        <ButtonLink href={`${HISTORY_PATH}?${new URLSearchParams({ location: code })}`}>
          Riwayat lokasi ini
        </ButtonLink>
      </Buttons>
      <ConsumersPanel locationId={id} consumers={consumers} savedId={savedId} />
    </>
  )
}

const limitInWords = (litres: Litres | null, none: string): string =>
  litres === null ? none : `${formatRound(litres)} L`
