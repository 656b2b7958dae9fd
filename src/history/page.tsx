import type { Context } from 'hono'
import { findCorrectable } from '#src/corrections/offer.ts'
import { type HistoryFilter, PAGE_SIZE } from '#src/history/input.ts'
import { readHistory } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import type { Env } from '#src/http/route.ts'
import { listLocations } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { businessDay } from '#src/units/business-day.ts'
import { HistoryPage } from '#views/history/history-page.tsx'

const NOTHING = { entries: 0, litresIn: 0n, litresOut: 0n, net: 0n }

export type Asked = {
  /** The filter as it was typed, and as it is understood. */
  typed: Record<string, string>
  read: () => HistoryFilter | Promise<HistoryFilter>
  newEntryIds?: readonly number[]
}

/** The history under a filter, or what is wrong with the filter. */
export async function historyContent(c: Context<Env>, { typed, read, newEntryIds = [] }: Asked) {
  const { db, now, config } = c.var.system
  const actor = actorOf(c)
  const shown = {
    filter: valuesOf(typed),
    today: businessDay(now(), config.timezone),
    showLocation: actor.role !== 'operasional',
    newEntryIds,
  }
  try {
    const filter = await read()
    const { page, limit, startDate = '', endDate = '' } = filter
    const history = await readHistory(db, actor, { filter, zone: config.timezone })
    const content = (
      <HistoryPage
        {...shown}
        {...history}
        filter={{ ...shown.filter, startDate, endDate }}
        errors={{}}
        page={page}
        limit={limit}
        totalPages={Math.ceil(history.totals.entries / limit)}
        correctable={findCorrectable(actor, history.rows, now())}
      />
    )
    return { content, status: 200 } as const
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    const empty = { rows: [], days: {}, totals: NOTHING, page: 1, limit: PAGE_SIZE, totalPages: 0 }
    const locations = await listLocations(db, actor)
    const content = (
      <HistoryPage
        {...shown}
        {...empty}
        locations={locations}
        errors={error.details}
        correctable={new Set()}
      />
    )
    return { content, status: 422 } as const
  }
}

function valuesOf(typed: Record<string, string>) {
  const { search = '', startDate = '', endDate = '', type = '', location = '', sort = '' } = typed
  return { search, startDate, endDate, type, location, sort }
}
