import type { Context } from 'hono'
import { actorOf } from '#src/http/actor.ts'
import type { Env } from '#src/http/route.ts'
import { checkMonth, firstDayOf, monthAfter, monthOf } from '#src/reports/month.ts'
import { readReport } from '#src/reports/queries.ts'
import type { MonthReport } from '#src/reports/rules.ts'
import { readSettings } from '#src/settings/queries.ts'
import {
  businessDay,
  formatDayClock,
  isDay,
  wallClock,
  zoneLabel,
} from '#src/units/business-day.ts'
import type { MonthChoice } from '#views/reports/report-tools.tsx'
import type { ReportFrame } from '#views/reports/words.ts'

/** Months that the form offers; links lead on to earlier ones. */
const OFFERED_MONTHS = 24

/** The report of a month, or of this one, at a location or at all. */
export function readAskedReport(
  c: Context<Env>,
  asked: { month?: string | undefined; location?: string | undefined },
): Promise<MonthReport> {
  const { db, now, config } = c.get('system')
  const zone = config.timezone
  const today = businessDay(now(), zone)
  const month = checkMonth(asked.month ?? monthOf(today), today)
  return readReport(db, actorOf(c), { month, location: asked.location, today, zone })
}

/** What stands around the figures. */
export async function frameOf(c: Context<Env>): Promise<ReportFrame> {
  const { db, now, config } = c.get('system')
  const zone = config.timezone
  const clock = formatDayClock(wallClock(now(), zone))
  return {
    settings: await readSettings(db),
    // The zone is called after the place: "Asia/Makassar".
    city: (zone.split('/').at(-1) ?? '').replaceAll('_', ' '),
    madeInWords: `${clock} ${zoneLabel(zone)} oleh ${actorOf(c).name}`,
  }
}

/** The other reports that can be reached from this one. */
export function choiceOf(c: Context<Env>, report: MonthReport, location: string): MonthChoice {
  const { now, config } = c.get('system')
  const { month } = report
  const current = monthOf(businessDay(now(), config.timezone))
  const offered = Array.from({ length: OFFERED_MONTHS }, (_, at) => monthAfter(current, -at))
  const previous = monthAfter(month, -1)
  return {
    month,
    previous: isDay(firstDayOf(previous)) ? previous : null,
    next: month < current ? monthAfter(month, 1) : null,
    months: offered.includes(month) ? offered : [...offered, month],
    location,
    locations: report.locations,
    showLocation: actorOf(c).role !== 'operasional',
  }
}
