import { formatDay, isDay } from '#src/units/business-day.ts'
import {
  DEFAULT_SORT,
  HISTORY_PATH,
  type HistoryFilterValues,
  sortOf,
} from '#views/history/filter.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { PeriodFields } from '#views/ui/date-field.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Select } from '#views/ui/select.tsx'

export type FiltersProps = {
  filter: HistoryFilterValues
  errors: Errors
  locations: { code: string; name: string }[]
  showLocation: boolean
}

const TYPES = [
  { value: '', label: 'Semua' },
  { value: 'IN', label: 'Stok masuk' },
  { value: 'OUT', label: 'Pemakaian' },
]

const SORTS = [
  { value: '', label: 'Terbaru' },
  { value: 'date', label: 'Terlama' },
  { value: '-amount', label: 'Liter terbanyak' },
  { value: 'amount', label: 'Liter tersedikit' },
]

/** On phones behind "Saring", a link that opens the form without a script. */
export function Filters(props: FiltersProps) {
  const { filter, errors } = props
  const hasErrors = Object.keys(errors).length > 0
  return (
    <>
      <p class="filters-open">
        <span>{filterInWords(props)}</span> <ButtonLink href="#saringan">Saring</ButtonLink>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: Chromium 64 does not know <search>. */}
      <form
        class={`filters${props.showLocation ? '' : ' filters-own'}${hasErrors ? ' is-open' : ''}`}
        id="saringan"
        method="get"
        action={HISTORY_PATH}
        role="search"
        aria-label="Saring riwayat"
        novalidate
        hx-get={HISTORY_PATH}
      >
        <TextField
          id="search"
          name="search"
          type="search"
          label="Cari di keterangan dan surat jalan"
          value={filter.search}
          error={errors.search}
          maxLength={100}
        />
        <PeriodFields values={filter} errors={errors} />
        <Select
          id="type"
          name="type"
          label="Jenis"
          value={filter.type}
          error={errors.type}
          options={TYPES}
        />
        {props.showLocation ? <LocationSelect {...props} /> : null}
        <Select
          id="sort"
          name="sort"
          label="Urutan"
          value={sortOf(filter) === DEFAULT_SORT ? '' : filter.sort}
          error={errors.sort}
          options={SORTS}
        />
        <Buttons>
          <Button look="primary">Saring</Button>{' '}
          <a class="button quiet" href={HISTORY_PATH} hx-get={HISTORY_PATH}>
            Hapus
          </a>
        </Buttons>
      </form>
    </>
  )
}

function LocationSelect({ filter, errors, locations }: FiltersProps) {
  const options = locations.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <Select
      id="location"
      name="location"
      label="Lokasi"
      value={filter.location}
      error={errors.location}
      options={[{ value: '', label: 'Semua' }, ...options]}
    />
  )
}

/** "01/11/2026–23/11/2026, semua lokasi, pemakaian". */
export function filterInWords({ filter, locations, showLocation }: FiltersProps): string {
  const place = locations.find(({ code }) => code === filter.location)?.name ?? 'semua lokasi'
  const parts = [
    periodInWords(filter),
    showLocation ? place : '',
    TYPES.find(({ value }) => value === filter.type && value !== '')?.label.toLowerCase() ??
      'semua jenis',
    filter.search === '' ? '' : `“${filter.search}”`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function periodInWords({ startDate, endDate }: HistoryFilterValues): string {
  const from = isDay(startDate) ? formatDay(startDate) : ''
  const to = isDay(endDate) ? formatDay(endDate) : ''
  if (from !== '' && to !== '') return from === to ? from : `${from}–${to}`
  if (from !== '') return `Sejak ${from}`
  return to === '' ? 'Semua tanggal' : `Sampai ${to}`
}
