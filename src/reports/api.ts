import { can } from '#src/auth/permissions.ts'
import { answer } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { ReportAnswer } from '#src/reports/answers.ts'
import { ReportFilter, ReportPath } from '#src/reports/input.ts'
import { reportJson } from '#src/reports/json.ts'
import { readAskedReport } from '#src/reports/page.tsx'

export const reportsApi = [
  apiRoute(
    'GET',
    '/api/reports/:month',
    can.viewStock,
    {
      operationId: 'readReport',
      tag: 'Laporan',
      summary: 'Laporan satu bulan',
      path: ReportPath,
      query: ReportFilter,
      answers: { 200: answer('Laporan bulan itu.', ReportAnswer) },
    },
    async (c, { path, query }) => {
      const report = await readAskedReport(c, { ...path, ...query })
      return c.json({ data: reportJson(report) })
    },
  ),
]
