import type { MonthReport } from '#src/reports/rules.ts'
import { LocationSheet } from '#views/reports/location-sheet.tsx'
import { RecapSheet } from '#views/reports/recap-sheet.tsx'
import { type MonthChoice, ReportTools } from '#views/reports/report-tools.tsx'
import type { ReportFrame } from '#views/reports/words.ts'
import { monthInWords } from '#views/reports/words.ts'
import { Empty } from '#views/ui/empty.tsx'

export type ReportPageProps = {
  report: MonthReport
  frame: ReportFrame
  choice: MonthChoice
}

/** Where to go from here, and the sheets as they are printed. */
export function ReportPage({ report, frame, choice }: ReportPageProps) {
  const { recaps, details } = report
  const sheets = details ?? []
  return (
    <div class="report">
      <div class="page-head">
        <h1>{reportTitle(report)}</h1>
      </div>
      <ReportTools {...choice} />
      {recaps.length === 0 ? (
        <div class="panel">
          <Empty heading="Belum ada lokasi">
            <p>Minta admin menambah lokasi lebih dulu.</p>
          </Empty>
        </div>
      ) : null}
      {recaps.length > 1 ? <RecapSheet report={report} frame={frame} /> : null}
      {sheets.map((sheet) => (
        <LocationSheet sheet={sheet} report={report} frame={frame} />
      ))}
    </div>
  )
}

/** "Laporan GENSET, November 2026" */
export function reportTitle({ recaps, month }: Pick<MonthReport, 'recaps' | 'month'>): string {
  const [only, ...others] = recaps
  const place = only && others.length === 0 ? only.location.name : 'semua lokasi'
  return `Laporan ${place}, ${monthInWords(month)}`
}
