import { addDays, type Day, isDay } from '#src/units/business-day.ts'
import { CHARTS_PATH, type ChartsFilterValues } from '#views/charts/filter.ts'
import { Button, Buttons } from '#views/ui/button.tsx'
import { PeriodFields } from '#views/ui/date-field.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { Select } from '#views/ui/select.tsx'

export type ChartsFilterProps = {
  filter: ChartsFilterValues
  errors: Errors
  locations: { code: string; name: string }[]
  showLocation: boolean
}

export function ChartsFilter({ filter, errors, locations, showLocation }: ChartsFilterProps) {
  const options = locations.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <form
      class={`filters filters-few${showLocation ? '' : ' filters-own'}`}
      method="get"
      action={CHARTS_PATH}
      aria-label="Pilih grafik"
      novalidate
      hx-get={CHARTS_PATH}
    >
      {filter.view === '' ? null : <input type="hidden" name="view" value={filter.view} />}
      {showLocation ? (
        <Select
          id="location"
          name="location"
          label="Lokasi"
          value={filter.location}
          error={errors.location}
          options={[{ value: '', label: 'Semua lokasi' }, ...options]}
        />
      ) : null}
      <PeriodFields values={filter} errors={errors} />
      <Buttons>
        <Button look="primary">Tampilkan</Button>
      </Buttons>
    </form>
  )
}

/** The ranges people ask for most, all of them up to today. */
export function rangesUpTo(today: Day): { label: string; startDate: Day; endDate: Day }[] {
  const ranges = [
    { label: '7 hari', startDate: addDays(today, -6) },
    { label: '30 hari', startDate: addDays(today, -29) },
    { label: 'Bulan ini', startDate: `${today.slice(0, 8)}01` },
    { label: '12 bulan', startDate: yearBefore(today) },
  ]
  return ranges.map((range) => ({ ...range, endDate: today }))
}

/** The first day of the twelve months that end today. */
function yearBefore(today: Day): Day {
  const sameDay = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  return isDay(sameDay) ? addDays(sameDay, 1) : `${sameDay.slice(0, 4)}-03-01`
}
