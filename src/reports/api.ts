import { can } from '#src/auth/permissions.ts'
import { route } from '#src/http/route.ts'
import { reportJson } from '#src/reports/json.ts'
import { readAskedReport } from '#src/reports/page.tsx'

export const reportsApi = [
  route('GET', '/api/reports/:month', can.viewStock, async (c) => {
    const { report } = await readAskedReport(c, c.req.param('month'))
    return c.json({ data: reportJson(report) })
  }),
]
