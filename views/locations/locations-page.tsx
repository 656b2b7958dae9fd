import { LOCATIONS_HEAD_ID, locationRowId } from '#views/ids.ts'
import { type LocationEntry, LocationRow } from '#views/locations/location-row.tsx'
import { LocationsHead } from '#views/locations/locations-head.tsx'
import { NEW_LOCATION_PATH } from '#views/locations/paths.ts'
import { AddLink } from '#views/ui/edit-row.tsx'

export type LocationsPageProps = {
  locations: LocationEntry[]
  /** The row that was just saved. */
  savedId: number | null
}

/** Every place where stock is kept. */
export function LocationsPage({ locations, savedId }: LocationsPageProps) {
  return (
    <>
      <div class="page-head">
        <h1>Lokasi</h1>
        <AddLink
          look="primary"
          href={NEW_LOCATION_PATH}
          headId={LOCATIONS_HEAD_ID}
          opens={locationRowId('new')}
        >
          Tambah lokasi
        </AddLink>
      </div>
      <section class="panel" aria-label="Daftar lokasi">
        <table class="table stack places">
          <caption class="visually-hidden">Lokasi</caption>
          <LocationsHead />
          {locations.map((location) => (
            <LocationRow location={location} isNew={location.id === savedId} />
          ))}
        </table>
      </section>
    </>
  )
}
