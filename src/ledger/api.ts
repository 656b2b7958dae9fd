import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readRequest } from '#src/http/input.ts'
import { type Env, route } from '#src/http/route.ts'
import { correctEntry } from '#src/ledger/correction.ts'
import { apiCorrection } from '#src/ledger/correction-input.ts'
import { entryJson } from '#src/ledger/entry-json.ts'
import { apiEntry } from '#src/ledger/input.ts'
import { type Booking, recordDelivery, recordUsage } from '#src/ledger/service.ts'

export const ledgerApi = [
  route('POST', '/api/stock/in', can.recordDelivery, async (c) => {
    const input = await readEntry(c)
    return sendBooking(c, await recordDelivery(c.var.system, actorOf(c), input))
  }),

  route('POST', '/api/stock/out', can.recordUsage, async (c) => {
    const input = await readEntry(c)
    return sendBooking(c, await recordUsage(c.var.system, actorOf(c), input))
  }),

  route('POST', '/api/stock/corrections', can.correctEntries, async (c) => {
    const input = await readInput(c, 'json', apiCorrection(c.var.system.config.timezone))
    const request = readRequest(c)
    const corrected = await correctEntry(c.var.system, actorOf(c), { ...input, request })
    const { reversal, replacement, isRepeat } = corrected
    const data = {
      reversal: entryJson(reversal),
      replacement: replacement && entryJson(replacement),
    }
    return c.json({ data }, isRepeat ? 200 : 201)
  }),
]

async function readEntry(c: Context<Env>) {
  const fields = await readInput(c, 'json', apiEntry(c.var.system.config.timezone))
  return { ...fields, request: readRequest(c) }
}

/** 201 for a new entry, 200 for one that this request had booked before. */
function sendBooking(c: Context<Env>, { entry, isRepeat }: Booking): Response {
  return c.json({ data: entryJson(entry) }, isRepeat ? 200 : 201)
}
