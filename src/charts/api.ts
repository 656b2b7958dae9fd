import type { Context } from 'hono'
import type { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { periodOf, TrendFilter } from '#src/charts/input.ts'
import { readTrend } from '#src/charts/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput } from '#src/http/input.ts'
import { rememberedJson } from '#src/http/remembered.ts'
import { type Env, route } from '#src/http/route.ts'
import { businessDay } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'

export const chartsApi = [
  route('GET', '/api/stock/trend', can.viewStock, async (c) => {
    const filter = await readInput(c, 'query', TrendFilter)
    return rememberedJson(c, async () => ({ data: await readDays(c, filter) }))
  }),
]

async function readDays(c: Context<Env>, filter: z.output<typeof TrendFilter>) {
  const { db, now, config } = c.var.system
  const period = periodOf(filter, businessDay(now(), config.timezone))
  if (!period) return []
  const rows = await readTrend(db, actorOf(c), { ...period, location: filter.location })
  return rows.map((row) => ({
    date: row.date,
    location: row.location,
    opening: toDecimal(row.opening),
    in: toDecimal(row.in),
    out: toDecimal(row.out),
    closing: toDecimal(row.closing),
  }))
}
