import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import type { Forecast, Reach } from '#src/cover/rules.ts'
import { SummaryAnswer } from '#src/dashboard/answers.ts'
import { type LocationToday, readLocationsToday } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { answer } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { toDecimal } from '#src/units/litres.ts'

export const dashboardApi = [
  apiRoute(
    'GET',
    '/api/stock/summary',
    can.viewStock,
    {
      operationId: 'readSummary',
      tag: 'Stok',
      summary: 'Sisa sekarang dan hari ini',
      answers: { 200: answer('Tiap lokasi yang boleh dilihat.', z.array(SummaryAnswer)) },
    },
    async (c) => {
      const { db, now, config } = c.get('system')
      const clock = { now: now(), zone: config.timezone }
      const locations = await readLocationsToday(db, actorOf(c), clock)
      return c.json({ data: locations.map(summarise) })
    },
  ),
]

function summarise(location: LocationToday): z.input<typeof SummaryAnswer> {
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
