import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { StockEvent, StockPayload } from '#src/alerts/payload.ts'
import { isUnder } from '#src/alerts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { CHANNELS, outbox } from '#src/database/schema/alerts.ts'
import { locations } from '#src/database/schema/locations.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

/** A location as its balance row stands after a write. `lowSince` is what the row said before it. */
export type StockLevel = {
  locationId: number
  at: Date
  balance: Litres
  lowStockLitres: Litres | null
  lowSince: Date | null
  /** False as long as nothing was ever booked there: then nothing is said of its stock. */
  hasEntries?: boolean
}

/**
 * Since when the location is under its threshold, for the caller to store with the balance. Where it falls under it or
 * recovers, the messages that say so go into the outbox, in the caller's transaction, which holds the balance row's lock.
 */
export async function noteStockLevel(tx: Db, level: StockLevel): Promise<Date | null> {
  const { hasEntries = true } = level
  const isLow = hasEntries && isUnder(level.balance, level.lowStockLitres)
  if (isLow === (level.lowSince !== null)) return level.lowSince
  await announce(tx, isLow ? 'stock.low' : 'stock.recovered', level)
  return isLow ? level.at : null
}

async function announce(tx: Db, event: StockEvent, level: StockLevel): Promise<void> {
  const { locationId, at, balance, lowStockLitres } = level
  const [location] = await tx
    .select({ code: locations.code, name: locations.name })
    .from(locations)
    .where(eq(locations.id, locationId))
  if (!location) throw new Error(`there is no location ${locationId}`)
  const messages = CHANNELS.map((channel) => {
    const deliveryId = randomUUID()
    const payload: StockPayload = {
      id: deliveryId,
      event,
      location: location.code,
      name: location.name,
      litres: toDecimal(balance),
      thresholdLitres: lowStockLitres === null ? null : toDecimal(lowStockLitres),
      at: at.toISOString(),
    }
    const body = JSON.stringify(payload)
    return { deliveryId, channel, locationId, payload: body, createdAt: at, dueAt: at }
  })
  await tx.insert(outbox).values(messages)
}
