import { asc, eq } from 'drizzle-orm'
import { pino } from 'pino'
import { deliverDue } from '#src/alerts/deliver.ts'
import { StockPayload } from '#src/alerts/payload.ts'
import type { Db } from '#src/database/client.ts'
import { outbox } from '#src/database/schema/alerts.ts'
import { locations } from '#src/database/schema/locations.ts'
import { settings } from '#src/database/schema/settings.ts'
import { NAMES } from '#src/settings/queries.ts'
import type { System } from '#src/system.ts'
import type { Depot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'

export const SILENT = pino({ level: 'silent' })

/** Everything that was ever written to go out, oldest first. */
export const messagesOf = (db: Db) => db.select().from(outbox).orderBy(asc(outbox.id))

/** What the messages of one channel tell, oldest first. */
export async function toldBy(db: Db, channel: 'email' | 'webhook' = 'webhook') {
  const messages = await messagesOf(db)
  return messages
    .filter((message) => message.channel === channel)
    .map(({ payload }) => StockPayload.parse(JSON.parse(payload)))
}

/** Sets the threshold of a location as an admin does. */
export async function limit(depot: Depot, code: string, lowStockThreshold: number | null) {
  const [location] = await depot.db.select().from(locations).where(eq(locations.code, code))
  const agus = await depot.signIn('agus')
  const path = `/api/locations/${location?.id}`
  const response = await agus.api('PATCH', path, { lowStockThreshold })
  if (!response.ok) throw new Error(await response.text())
}

/** Genset with 6.000 liters over a threshold of 5.000. */
export async function openGenset(depot: Depot): Promise<void> {
  await limit(depot, 'GENSET', 5000)
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 6000 })
}

/** Takes genset under its threshold: 4.200 liters are left. */
export async function fallLow(depot: Depot): Promise<void> {
  await openGenset(depot)
  await use(await depot.signIn('wati'), { location: 'GENSET', amount: 1800 })
}

export async function tell(db: Db, recipients: string[]): Promise<void> {
  const row = { name: NAMES.alertRecipients, value: JSON.stringify(recipients) }
  await db.insert(settings).values(row).onDuplicateKeyUpdate({ set: row })
}

/** Sends what is due now, as the server's worker does it under this configuration. */
export const sendDue = (depot: Depot, changes: Partial<System['config']>) =>
  deliverDue({ ...depot.system, config: { ...depot.system.config, ...changes } }, SILENT)
