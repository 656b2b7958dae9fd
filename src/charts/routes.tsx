import { can } from '#src/auth/permissions.ts'
import { toCsv } from '#src/charts/csv.ts'
import { chartsContent, readAskedChart } from '#src/charts/page.tsx'
import { render } from '#src/http/render.tsx'
import { route } from '#src/http/route.ts'
import { CHARTS_CSV_PATH, CHARTS_PATH, fileNameOf } from '#views/charts/filter.ts'

export const chartsRoutes = [
  route('GET', CHARTS_PATH, can.viewStock, async (c) => {
    const { content, status } = await chartsContent(c)
    return render(c, { title: 'Grafik', status, hasChart: true }, content)
  }),

  route('GET', CHARTS_CSV_PATH, can.viewStock, async (c) => {
    const { rows, location } = await readAskedChart(c)
    const name = `${fileNameOf({ rows, location })}.csv`
    return c.body(toCsv(rows, location?.name ?? 'Semua lokasi'), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    })
  }),
]
