import type { Context } from 'hono'
import { periodOf, TypedTrendFilter } from '#src/charts/input.ts'
import { type Chart, readChart } from '#src/charts/queries.ts'
import type { Period } from '#src/charts/rules.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import type { Env } from '#src/http/route.ts'
import { listLocations } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { addDays, businessDay } from '#src/units/business-day.ts'
import { ChartsPage } from '#views/charts/charts-page.tsx'
import { RecentTrend } from '#views/charts/recent-trend.tsx'

const RECENT_DAYS = 7

/** The charts under a filter, or what is wrong with the filter. */
export async function chartsContent(c: Context<Env>) {
  const { db, now, config } = c.var.system
  const actor = actorOf(c)
  const { startDate = '', endDate = '', location = '' } = await readTyped(c)
  const shown = {
    filter: { startDate, endDate, location },
    today: businessDay(now(), config.timezone),
    showLocation: actor.role !== 'operasional',
  }
  try {
    const { period, ...chart } = await readAskedChart(c)
    const { first = startDate, last = endDate } = period ?? {}
    const filter = { ...shown.filter, startDate: first, endDate: last }
    const content = <ChartsPage {...shown} {...chart} filter={filter} errors={{}} />
    return { content, status: 200 } as const
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    const nothing = { step: 'day' as const, rows: [], location: null }
    const locations = await listLocations(db, actor)
    const content = (
      <ChartsPage {...shown} {...nothing} locations={locations} errors={error.details} />
    )
    return { content, status: 422 } as const
  }
}

/** Throws Rejected 422 where the filter cannot be understood. */
export async function readAskedChart(c: Context<Env>): Promise<Chart & { period: Period | null }> {
  const { db, now, config } = c.var.system
  const { location, ...ends } = await readInput(c, 'query', TypedTrendFilter)
  const period = periodOf(ends, businessDay(now(), config.timezone))
  return { period, ...(await readChart(db, actorOf(c), { period, location })) }
}

/** The last days of all locations together, for the dashboard. */
export async function recentTrend(c: Context<Env>) {
  const { db, now, config } = c.var.system
  const last = businessDay(now(), config.timezone)
  const period = { first: addDays(last, 1 - RECENT_DAYS), last }
  return <RecentTrend {...(await readChart(db, actorOf(c), { period }))} />
}
