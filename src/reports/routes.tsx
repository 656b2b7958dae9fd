import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { sessionOf } from '#src/http/actor.ts'
import { readInput } from '#src/http/input.ts'
import { noteAccess } from '#src/http/note-access.ts'
import { render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { ReportFilter } from '#src/reports/input.ts'
import { choiceOf, frameOf, readAskedReport } from '#src/reports/page.tsx'
import { makePdf } from '#src/reports/pdf.ts'
import { spendDownload } from '#src/throttle/downloads.ts'
import { ReportPage, reportTitle } from '#views/reports/report-page.tsx'
import { fileNameOf, REPORTS_PATH } from '#views/reports/words.ts'

const PDF = /\.pdf$/

export const reportsRoutes = [
  /** The current month, or the one that the form chose. */
  route('GET', REPORTS_PATH, can.viewStock, (c) =>
    showReport(c, c.req.query('month') || undefined),
  ),

  route('GET', `${REPORTS_PATH}/:month`, can.viewStock, (c) => {
    const month = c.req.param('month') ?? ''
    return PDF.test(month) ? sendPdf(c, month.replace(PDF, '')) : showReport(c, month)
  }),
]

async function showReport(c: Context<Env>, month: string | undefined): Promise<Response> {
  const { location } = await readInput(c, 'query', ReportFilter)
  const report = await readAskedReport(c, { month, location })
  const choice = choiceOf(c, report, location ?? '')
  const content = <ReportPage report={report} frame={await frameOf(c)} choice={choice} />
  return render(c, { title: reportTitle(report) }, content)
}

/** A file leaves the house: who took it is written down. */
async function sendPdf(c: Context<Env>, month: string): Promise<Response> {
  const { location } = await readInput(c, 'query', ReportFilter)
  const report = await readAskedReport(c, { month, location })
  await spendDownload(c.get('system'), sessionOf(c).id)
  const pdf = await makePdf({ report, frame: await frameOf(c) })
  const { details } = report
  await noteAccess(c, { action: 'export', detail: `pdf: ${reportTitle(report)}` })
  const only = location || (details?.length === 1 ? (details[0]?.location.code ?? '') : '')
  return c.body(pdf, 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${fileNameOf(report.month, only)}"`,
    'Cache-Control': 'no-store',
  })
}
