import { LOCATION_COLUMNS } from '#views/locations/location-row.tsx'
import { LocationsHead } from '#views/locations/locations-head.tsx'
import { LOCATIONS_PATH, locationHref } from '#views/locations/paths.ts'
import { TextCell, TickCell } from '#views/ui/edit-cells.tsx'
import { EditPage, EditRow, type RowForm } from '#views/ui/edit-row.tsx'

export type LocationEditProps = {
  form: RowForm
  /** Null for one that is only being added. */
  location: { id: number; code: string } | null
}

/** A location of the list as a form, or an empty one for a new location. */
export function LocationEditRow({ form, location }: LocationEditProps) {
  return (
    <EditRow
      form={form}
      columns={LOCATION_COLUMNS}
      cancelHref={location ? `${LOCATIONS_PATH}#${form.id}` : LOCATIONS_PATH}
      {...(location && { rowHref: locationHref(location.id) })}
    >
      <TextCell form={form} class="c-code" name="code" label="Kode" maxLength={32} />
      <TextCell form={form} class="c-name" name="name" label="Nama" maxLength={100} />
      <TextCell
        form={form}
        class="c-capacity num"
        name="capacity"
        label="Kapasitas (L), boleh kosong"
        inputMode="decimal"
        maxLength={20}
      />
      <TextCell
        form={form}
        class="c-threshold num"
        name="lowStockThreshold"
        label="Batas menipis (L), boleh kosong"
        inputMode="decimal"
        maxLength={20}
      />
      <td class="c-consumers" />
      <TickCell form={form} class="c-state" name="active" label="Aktif" unticked="Nonaktif" />
    </EditRow>
  )
}

export const locationHeading = (location: LocationEditProps['location']): string =>
  location ? `Ubah ${location.code}` : 'Tambah lokasi'

/** The same row on a page of its own. */
export function LocationEditPage(props: LocationEditProps) {
  const { form, location } = props
  return (
    <EditPage
      form={form}
      heading={locationHeading(location)}
      back={<a href={LOCATIONS_PATH}>Semua lokasi</a>}
    >
      <table class="table stack places">
        <caption class="visually-hidden">{location ? location.code : 'Lokasi baru'}</caption>
        <LocationsHead />
        <LocationEditRow {...props} />
      </table>
    </EditPage>
  )
}
