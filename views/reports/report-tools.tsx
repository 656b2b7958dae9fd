import { monthInWords, REPORTS_PATH, reportHref } from '#views/reports/words.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Select } from '#views/ui/select.tsx'

/** Which report this is, and which others there are. */
export type MonthChoice = {
  month: string
  /** The months before and after; null where there is none. */
  previous: string | null
  next: string | null
  /** Newest first. */
  months: string[]
  /** The code that was asked for; empty for all. */
  location: string
  locations: { code: string; name: string }[]
  showLocation: boolean
}

/** What stands on the screen only. */
export function ReportTools(props: MonthChoice) {
  const { month, previous, next, months, location, locations, showLocation } = props
  const places = locations.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <div class="panel report-tools">
      <form
        class={`filters filters-few${showLocation ? '' : ' filters-own'}`}
        method="get"
        action={REPORTS_PATH}
        aria-label="Pilih laporan"
      >
        {showLocation ? (
          <Select
            id="location"
            name="location"
            label="Lokasi"
            value={location}
            options={[{ value: '', label: 'Semua lokasi' }, ...places]}
          />
        ) : null}
        <Select
          id="month"
          name="month"
          label="Bulan"
          value={month}
          options={months.map((value) => ({ value, label: monthInWords(value) }))}
        />
        <Buttons>
          <Button look="primary">Tampilkan</Button>
        </Buttons>
      </form>
      <div class="report-ways">
        <nav class="ranges" aria-label="Bulan lain">
          {previous === null ? null : (
            <a href={reportHref(previous, location)} rel="prev">{`← ${monthInWords(previous)}`}</a>
          )}{' '}
          {next === null ? null : (
            <a href={reportHref(next, location)} rel="next">{`${monthInWords(next)} →`}</a>
          )}
        </nav>
        <Buttons>
          <button class="button compact" type="button" hidden data-print>
            Cetak
          </button>{' '}
          <ButtonLink size="compact" href={reportHref(month, location, '.pdf')}>
            Unduh PDF
          </ButtonLink>
        </Buttons>
      </div>
    </div>
  )
}
