import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { findCorrectable } from '#src/corrections/offer.ts'
import { announceBooking } from '#src/dashboard/announcement.tsx'
import { clerkDesk } from '#src/dashboard/clerk-desk.tsx'
import { depotClock } from '#src/dashboard/clock.ts'
import { readOverview } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { currentVersion, unchanged } from '#src/http/freshness.ts'
import { remembered } from '#src/http/remembered.ts'
import { render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { RecentTrend } from '#views/charts/recent-trend.tsx'
import { OverviewPage } from '#views/dashboard/overview-page.tsx'

const ENTRIES_TODAY = 20
const RECENT_DAYS = 7

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
  const { db, now, config } = c.get('system')
  const actor = actorOf(c)
  const moment = { now: now(), zone: config.timezone }
  const asked = { moment, limit: ENTRIES_TODAY, days: RECENT_DAYS }
  const { locations, entries, trend } = await readOverview(db, actor, asked)
  return (
    <OverviewPage
      {...depotClock(c.get('system'))}
      locations={locations}
      entries={entries}
      correctable={findCorrectable(actor, entries, moment.now)}
      trend={<RecentTrend {...trend} />}
      version={version}
    />
  )
}
