import type { Context } from 'hono'
import { type ConsumersChart, readConsumersChart } from '#src/charts/consumers.ts'
import { periodOf, TypedTrendFilter } from '#src/charts/input.ts'
import { type Chart, readChart } from '#src/charts/queries.ts'
import type { Period } from '#src/charts/rules.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import { remembered } from '#src/http/remembered.ts'
import type { Env } from '#src/http/route.ts'
import { listLocations } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { businessDay } from '#src/units/business-day.ts'
import type { ChartsFrameProps } from '#views/charts/charts-frame.tsx'
import { ChartsPage } from '#views/charts/charts-page.tsx'
import { ConsumersPage } from '#views/charts/consumers-page.tsx'
import type { ChartsFilterValues } from '#views/charts/filter.ts'

/** The charts under a filter, or what is wrong with the filter. */
export async function chartsContent(c: Context<Env>) {
  const { db, now, config } = c.get('system')
  const actor = actorOf(c)
  const { startDate = '', endDate = '', location = '', view } = await readTyped(c)
  const isOfConsumers = view === 'consumers'
  const shown: Shown = {
    filter: { startDate, endDate, location, view: isOfConsumers ? 'consumers' : '' },
    today: businessDay(now(), config.timezone),
    showLocation: actor.role !== 'operasional',
    errors: {},
  }
  try {
    const draw = isOfConsumers ? consumersContent : stockContent
    const content = await remembered(c, () => draw(c, shown))
    return { content, status: 200 } as const
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    const refused = { ...shown, errors: error.details, locations: await listLocations(db, actor) }
    const nothing = { step: 'day' as const, rows: [], location: null }
    const content = isOfConsumers ? (
      <ConsumersPage {...refused} location={null} period={null} places={[]} />
    ) : (
      <ChartsPage {...refused} {...nothing} />
    )
    return { content, status: 422 } as const
  }
}

type Shown = Omit<ChartsFrameProps, 'locations'>

async function stockContent(c: Context<Env>, shown: Shown) {
  const { period, ...chart } = await readAskedChart(c)
  return <ChartsPage {...shown} {...chart} filter={withPeriod(shown, period)} />
}

async function consumersContent(c: Context<Env>, shown: Shown) {
  const chart = await readAskedConsumers(c)
  return <ConsumersPage {...shown} {...chart} filter={withPeriod(shown, chart.period)} />
}

/** The days that are shown, where the address left one open. */
function withPeriod({ filter }: Shown, period: Period | null): ChartsFilterValues {
  const { first = filter.startDate, last = filter.endDate } = period ?? {}
  return { ...filter, startDate: first, endDate: last }
}

/** Throws Rejected 422 where the filter cannot be understood. */
export async function readAskedChart(c: Context<Env>): Promise<Chart & { period: Period | null }> {
  const asked = await readAsked(c)
  return { period: asked.period, ...(await readChart(c.get('system').db, actorOf(c), asked)) }
}

/** The same for the view of gensets and tugs. */
export async function readAskedConsumers(
  c: Context<Env>,
): Promise<ConsumersChart & { period: Period | null }> {
  const asked = await readAsked(c)
  return {
    period: asked.period,
    ...(await readConsumersChart(c.get('system').db, actorOf(c), asked)),
  }
}

async function readAsked(c: Context<Env>) {
  const { now, config } = c.get('system')
  const { location, ...ends } = await readInput(c, 'query', TypedTrendFilter)
  return { location, period: periodOf(ends, businessDay(now(), config.timezone)) }
}
