import type { Child } from 'hono/jsx'
import type { MonthReport } from '#src/reports/rules.ts'
import { coverInWords, monthInWords, type ReportFrame } from '#views/reports/words.ts'

export type SheetProps = { report: MonthReport; frame: ReportFrame }

/** A sheet of paper: whose books, which month, and at its end who made it. */
export function Sheet({ report, frame, id, place, children }: SheetProps & Rest) {
  const { companyName } = frame.settings
  return (
    <section class="panel sheet" aria-labelledby={`${id}-title`}>
      <div class="sheet-head">
        {companyName === '' ? null : <p class="sheet-company">{companyName}</p>}
        <h2 id={`${id}-title`}>{`Laporan bulanan BBM ${place}, ${monthInWords(report.month)}`}</h2>
        <p class="soft">{coverInWords(report)}</p>
      </div>
      {children}
      <p class="sheet-foot soft">{`Dibuat ${frame.madeInWords}.`}</p>
    </section>
  )
}

type Rest = { id: string; place: string; children: Child }
