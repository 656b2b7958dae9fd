import type { Context } from 'hono'
import { findCorrectable } from '#src/corrections/offer.ts'
import { readChoices } from '#src/history/choices.ts'
import { type HistoryFilter, PAGE_SIZE } from '#src/history/input.ts'
import { readHistory } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { remembered } from '#src/http/remembered.ts'
import type { Env } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { readKeptSettings } from '#src/settings/queries.ts'
import { businessDay, wallClock, zoneLabel } from '#src/units/business-day.ts'
import { HistoryPage } from '#views/history/history-page.tsx'

const NOTHING = {
  rows: [],
  days: {},
  totals: { entries: 0, isMore: false, litres: null },
  turn: null,
  page: 1,
  totalPages: 0,
  limit: PAGE_SIZE,
}

export type Asked = {
  /** The filter as it was typed, and as it is understood. */
  typed: Record<string, string>
  read: () => HistoryFilter | Promise<HistoryFilter>
  newEntryIds?: readonly number[]
  /** What was known before the books were read. */
  version?: string
}

/** The history under a filter, or what is wrong with the filter. */
export async function historyContent(c: Context<Env>, asked: Asked) {
  const { db, now, config } = c.get('system')
  const { typed, read, newEntryIds = [], version } = asked
  const actor = actorOf(c)
  const zone = config.timezone
  const shown = {
    filter: valuesOf(typed),
    place: placeOf(typed),
    today: businessDay(now(), zone),
    showLocation: actor.role !== 'operasional',
    newEntryIds,
    version,
  }
  const readPrinted = async (head: string | null) => ({
    companyName: (await readKeptSettings(db, head)).companyName,
    by: actor.name,
    at: wallClock(now(), zone),
    zoneLabel: zoneLabel(zone),
  })
  const draw = async () => {
    const filter = await read()
    const { limit, startDate = '', endDate = '' } = filter
    const history = await readHistory(db, actor, { filter, zone })
    // What words find comes newest first.
    const sort = history.turn ? '' : shown.filter.sort
    return (
      <HistoryPage
        {...shown}
        {...history}
        printed={await readPrinted(history.head)}
        filter={{ ...shown.filter, startDate, endDate, sort }}
        errors={{}}
        limit={limit}
        correctable={findCorrectable(actor, history.rows, now())}
      />
    )
  }
  try {
    const isNews = newEntryIds.length > 0
    return { content: isNews ? await draw() : await remembered(c, draw), status: 200 } as const
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    const choices = await readChoices(db, actor)
    const content = (
      <HistoryPage
        {...shown}
        {...NOTHING}
        {...choices}
        printed={await readPrinted(choices.head)}
        errors={error.details}
        correctable={new Set()}
      />
    )
    return { content, status: 422 } as const
  }
}

function valuesOf(typed: Record<string, string>) {
  const { search = '', startDate = '', endDate = '', location = '', sort = '' } = typed
  const { type = '', kind = '', user = '', consumer = '', corrected = '' } = typed
  return { search, startDate, endDate, type, kind, location, user, consumer, corrected, sort }
}

function placeOf({ before = '', after = '', date = '' }: Record<string, string>) {
  return { before, after, date }
}
