import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput } from '#src/http/input.ts'
import { type Env, route } from '#src/http/route.ts'
import { entryJson } from '#src/ledger/entry-json.ts'
import { apiEntry, idempotencyKey } from '#src/ledger/input.ts'
import { type Booking, recordDelivery, recordUsage } from '#src/ledger/service.ts'
import { Rejected } from '#src/rejected.ts'

export const ledgerApi = [
  route('POST', '/api/stock/in', can.recordDelivery, async (c) => {
    const input = await readEntry(c)
    return sendBooking(c, await recordDelivery(c.var.system, actorOf(c), input))
  }),

  route('POST', '/api/stock/out', can.recordUsage, async (c) => {
    const input = await readEntry(c)
    return sendBooking(c, await recordUsage(c.var.system, actorOf(c), input))
  }),
]

async function readEntry(c: Context<Env>) {
  const fields = await readInput(c, 'json', apiEntry(c.var.system.config.timezone))
  const key = idempotencyKey.safeParse(c.req.header('Idempotency-Key'))
  if (!key.success)
    throw new Rejected(422, 'Idempotency-Key: 1 sampai 100 tanda ASCII tanpa spasi.')
  return { ...fields, request: { id: key.data, endpoint: c.req.path } }
}

/** 201 for a new entry, 200 for one that this request had booked before. */
function sendBooking(c: Context<Env>, { entry, isRepeat }: Booking): Response {
  return c.json({ data: entryJson(entry) }, isRepeat ? 200 : 201)
}
