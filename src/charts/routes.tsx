import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { consumersCsv, toCsv } from '#src/charts/csv.ts'
import { chartsContent, readAskedChart, readAskedConsumers } from '#src/charts/page.tsx'
import { sessionOf } from '#src/http/actor.ts'
import { noteAccess } from '#src/http/note-access.ts'
import { render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { spendDownload } from '#src/throttle/downloads.ts'
import { CHARTS_CSV_PATH, CHARTS_PATH, fileNameOf } from '#views/charts/filter.ts'

export const chartsRoutes = [
  route('GET', CHARTS_PATH, can.viewStock, async (c) => {
    const { content, status } = await chartsContent(c)
    return render(c, { title: 'Grafik', status, hasChart: true }, content)
  }),

  route('GET', CHARTS_CSV_PATH, can.viewStock, async (c) => {
    const { name, text } =
      c.req.query('view') === 'consumers' ? await consumersFile(c) : await stockFile(c)
    await spendDownload(c.get('system'), sessionOf(c).id)
    await noteAccess(c, { action: 'export', detail: `csv: ${name}` })
    return c.body(text, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      'Cache-Control': 'no-store',
    })
  }),
]

type File = { name: string; text: string }

async function stockFile(c: Context<Env>): Promise<File> {
  const { rows, location } = await readAskedChart(c)
  const ends = { first: rows[0]?.first ?? '', last: rows.at(-1)?.last ?? '' }
  return {
    name: fileNameOf({ noun: 'grafik', location, ...ends }),
    text: toCsv(rows, location?.name ?? 'Semua lokasi'),
  }
}

async function consumersFile(c: Context<Env>): Promise<File> {
  const { places, location, period } = await readAskedConsumers(c)
  if (places === null) {
    throw new Rejected(422, 'Pilih satu lokasi.', { location: 'Pilih satu lokasi.' })
  }
  const ends = period ?? { first: '', last: '' }
  return {
    name: fileNameOf({ noun: 'genset-kapal', location, ...ends }),
    text: consumersCsv(places, ends),
  }
}
