import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { recentTrend } from '#src/charts/page.tsx'
import { findCorrectable } from '#src/corrections/offer.ts'
import { announceBooking } from '#src/dashboard/announcement.tsx'
import { clerkDesk } from '#src/dashboard/clerk-desk.tsx'
import { depotClock } from '#src/dashboard/clock.ts'
import { readEntriesToday, readLocationsToday } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { currentVersion, unchanged } from '#src/http/freshness.ts'
import { remembered } from '#src/http/remembered.ts'
import { render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { OverviewPage } from '#views/dashboard/overview-page.tsx'

const ENTRIES_TODAY = 20

export const dashboardRoutes = [
  route('GET', '/', can.viewStock, async (c) => {
    const version = currentVersion(c)
    const same = unchanged(c, version)
    if (same) return same
    const isClerk = actorOf(c).role === 'operasional'
    const announcement = await announceBooking(c)
    const page = { title: 'Beranda', announcement, hasChart: !isClerk }
    return render(
      c,
      page,
      isClerk ? await clerkDesk(c, { version }) : await remembered(c, () => overview(c, version)),
    )
  }),
]

async function overview(c: Context<Env>, version: string) {
  const { db, now, config } = c.var.system
  const moment = { now: now(), zone: config.timezone }
  const entries = await readEntriesToday(db, moment, ENTRIES_TODAY)
  return (
    <OverviewPage
      {...depotClock(c.var.system)}
      locations={await readLocationsToday(db, actorOf(c), moment)}
      entries={entries}
      correctable={findCorrectable(actorOf(c), entries, moment.now)}
      trend={await recentTrend(c)}
      version={version}
    />
  )
}
