import { can } from '#src/auth/permissions.ts'
import type { Forecast, Reach } from '#src/cover/rules.ts'
import { type LocationToday, readLocationsToday } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { route } from '#src/http/route.ts'
import { toDecimal } from '#src/units/litres.ts'

export const dashboardApi = [
  route('GET', '/api/stock/summary', can.viewStock, async (c) => {
    const { db, now, config } = c.var.system
    const locations = await readLocationsToday(db, actorOf(c), {
      now: now(),
      zone: config.timezone,
    })
    return c.json({ data: locations.map(summarise) })
  }),
]

function summarise(location: LocationToday) {
  const { code, name, balance, capacityLitres, today, isLow, cover } = location
  return {
    location: code,
    name,
    balance: toDecimal(balance),
    capacity: capacityLitres === null ? null : toDecimal(capacityLitres),
    today: {
      opening: toDecimal(today.opening),
      in: toDecimal(today.in),
      out: toDecimal(today.out),
      closing: toDecimal(today.closing),
    },
    lowStock: isLow,
    cover: cover && { recent: forecastJson(cover.recent), long: forecastJson(cover.long) },
  }
}

/** A date is null where there is none: a level that is passed already, that is not set, or is more than ten years off. */
function forecastJson({ usageDays, mean, lowOn, emptyOn }: Forecast) {
  const date = (reach: Reach | null) => (reach === 'passed' || reach === 'far' ? null : reach)
  return {
    usageDays,
    meanDaily: toDecimal(mean),
    thresholdDate: date(lowOn),
    emptyDate: date(emptyOn),
  }
}
