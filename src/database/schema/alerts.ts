import { bigint, index, int, mysqlTable, text, varchar } from 'drizzle-orm/mysql-core'
import { ascii, instant } from '#src/database/schema/columns.ts'
import { locations } from '#src/database/schema/locations.ts'

export const CHANNELS = ['email', 'webhook'] as const

/** Messages that leave the house, written in the transaction of what they tell of. A row a message and channel. */
export const outbox = mysqlTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    /** What the receiver knows a repeat by. */
    deliveryId: ascii('delivery_id', { length: 36 }).notNull().unique('outbox_delivery_unique'),
    channel: varchar('channel', { length: 16, enum: CHANNELS }).notNull(),
    locationId: int('location_id', { unsigned: true })
      .notNull()
      .references(() => locations.id),
    /** JSON, as it was at `createdAt`. */
    payload: text('payload').notNull(),
    createdAt: instant('created_at', { fractionalSeconds: 3 }).notNull(),
    /** When to try next; null where it was delivered or given up. */
    dueAt: instant('due_at', { fractionalSeconds: 3 }),
    /** Until then it is in the hands of one process. */
    claimedUntil: instant('claimed_until', { fractionalSeconds: 3 }),
    attempts: int('attempts', { unsigned: true }).notNull().default(0),
    deliveredAt: instant('delivered_at', { fractionalSeconds: 3 }),
    givenUpAt: instant('given_up_at', { fractionalSeconds: 3 }),
    lastError: varchar('last_error', { length: 500 }),
  },
  (table) => [index('outbox_due').on(table.dueAt)],
)
