import { can } from '#src/auth/permissions.ts'
import { PAGE_SIZE, TypedHistoryFilter } from '#src/history/input.ts'
import { findVisibleEntry, readHistory } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { render } from '#src/http/render.tsx'
import { route } from '#src/http/route.ts'
import { listLocations } from '#src/locations/queries.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { businessDay, zoneLabel } from '#src/units/business-day.ts'
import { EntryPage } from '#views/history/entry-page.tsx'
import { HistoryPage } from '#views/history/history-page.tsx'

const NOTHING = { entries: 0, litresIn: 0n, litresOut: 0n, net: 0n }

export const historyRoutes = [
  route('GET', '/history', can.viewStock, async (c) => {
    const { db, now, config } = c.var.system
    const actor = actorOf(c)
    const typed = await readTyped(c)
    const shown = {
      filter: valuesOf(typed),
      today: businessDay(now(), config.timezone),
      showLocation: actor.role !== 'operasional',
    }
    try {
      const filter = await readInput(c, 'query', TypedHistoryFilter)
      const { page, limit } = filter
      const history = await readHistory(db, actor, { filter, zone: config.timezone })
      const totalPages = Math.ceil(history.totals.entries / limit)
      return render(
        c,
        { title: 'Riwayat' },
        <HistoryPage
          {...shown}
          {...history}
          filter={{
            ...shown.filter,
            startDate: filter.startDate ?? '',
            endDate: filter.endDate ?? '',
          }}
          errors={{}}
          page={page}
          limit={limit}
          totalPages={totalPages}
        />,
      )
    } catch (error) {
      if (!(error instanceof Rejected) || error.status !== 422) throw error
      const empty = {
        rows: [],
        days: {},
        totals: NOTHING,
        page: 1,
        limit: PAGE_SIZE,
        totalPages: 0,
      }
      const locations = await listLocations(db, actor)
      return render(
        c,
        { title: 'Riwayat', status: 422 },
        <HistoryPage {...shown} {...empty} locations={locations} errors={error.details} />,
      )
    }
  }),

  route('GET', '/history/:id{[1-9][0-9]{0,14}}', can.viewStock, async (c) => {
    const { db, config } = c.var.system
    const actor = actorOf(c)
    const id = Number(c.req.param('id'))
    const entry = await findVisibleEntry(db, actor, { id, zone: config.timezone })
    if (!entry) throw notFound()
    return render(
      c,
      { title: `Catatan nomor ${entry.id}` },
      <EntryPage entry={entry} zoneLabel={zoneLabel(config.timezone)} />,
    )
  }),
]

function valuesOf(typed: Record<string, string>) {
  const { search = '', startDate = '', endDate = '', type = '', location = '', sort = '' } = typed
  return { search, startDate, endDate, type, location, sort }
}
