import { TrendHead, TrendRow } from '#views/charts/trend-table.tsx'
import { Sheet, type SheetProps } from '#views/reports/sheet.tsx'
import { reportHref } from '#views/reports/words.ts'

/** Each location in a line, and all of them together. */
export function RecapSheet(props: SheetProps) {
  const { report } = props
  return (
    <Sheet id="recap" place="semua lokasi" {...props}>
      <table class="table stack trend">
        <caption class="visually-hidden">Ringkasan tiap lokasi</caption>
        <TrendHead head="Lokasi" />
        <tbody>
          {report.recaps.map(({ location: { code, name }, ...figures }) => (
            <TrendRow head={name} href={reportHref(report.month, code)} {...figures} />
          ))}
        </tbody>
        <tfoot>
          <TrendRow head="Jumlah" {...report.total} />
        </tfoot>
      </table>
      {report.details === null ? (
        <p class="panel-body">Lokasinya banyak: pilih satu untuk laporan lengkapnya.</p>
      ) : null}
    </Sheet>
  )
}
