import type { Context } from 'hono'
import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { TrendAnswer } from '#src/charts/answers.ts'
import { periodOf, TrendFilter } from '#src/charts/input.ts'
import { readTrend } from '#src/charts/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { answer } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { rememberedJson } from '#src/http/remembered.ts'
import type { Env } from '#src/http/route.ts'
import { businessDay } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'

export const chartsApi = [
  apiRoute(
    'GET',
    '/api/stock/trend',
    can.viewStock,
    {
      operationId: 'readTrend',
      tag: 'Stok',
      summary: 'Stok, masuk dan keluar tiap hari',
      description: 'Tanpa tanggal: 30 hari terakhir. Hari yang belum tiba tidak disertakan.',
      query: TrendFilter,
      answers: { 200: answer('Hari demi hari, tiap lokasi.', z.array(TrendAnswer)) },
    },
    (c, { query }) => rememberedJson(c, async () => ({ data: await readDays(c, query) })),
  ),
]

async function readDays(
  c: Context<Env>,
  filter: TrendFilter,
): Promise<z.input<typeof TrendAnswer>[]> {
  const { db, now, config } = c.get('system')
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
