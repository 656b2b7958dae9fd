import { sql } from 'drizzle-orm'
import {
  type AnyMySqlColumn,
  bigint,
  boolean,
  check,
  index,
  int,
  mysqlTable,
  varchar,
} from 'drizzle-orm/mysql-core'
import { ascii, day, instant, litres } from '#src/database/schema/columns.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'

export const ENTRY_TYPES = ['IN', 'OUT'] as const
export const ENTRY_KINDS = [
  'opening',
  'delivery',
  'usage',
  'adjustment',
  'transfer',
  'reversal',
] as const

/** Files brought in by bin/import; a file's entries carry its id. */
export const imports = mysqlTable('imports', {
  id: int('id', { unsigned: true }).autoincrement().primaryKey(),
  fileName: varchar('file_name', { length: 255 }).notNull(),
  fileHash: ascii('file_hash', { length: 64 }).notNull(),
  userId: int('user_id', { unsigned: true })
    .notNull()
    .references(() => users.id),
  recordedAt: instant('recorded_at', { fractionalSeconds: 3 }).notNull(),
})

/**
 * The entries of the ledger. Rows are appended, never updated or deleted.
 * An entry is corrected by a second row that reverses it and perhaps a third that replaces it.
 */
export const entries = mysqlTable(
  'transactions',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    type: varchar('type', { length: 3, enum: ENTRY_TYPES }).notNull(),
    kind: varchar('kind', { length: 16, enum: ENTRY_KINDS }).notNull(),
    litres: litres('litres').notNull(),
    locationId: int('location_id', { unsigned: true })
      .notNull()
      .references(() => locations.id),
    /** When the fuel moved, in whole minutes. */
    occurredAt: instant('occurred_at', { fractionalSeconds: 0 }).notNull(),
    /** The day of `occurredAt` in the company's zone, which never changes: the zone is kept in settings. */
    businessDay: day('business_day').notNull(),
    recordedAt: instant('recorded_at', { fractionalSeconds: 3 }).notNull(),
    userId: int('user_id', { unsigned: true })
      .notNull()
      .references(() => users.id),
    notes: varchar('notes', { length: 500 }),
    reference: varchar('reference', { length: 100 }),
    consumerId: int('consumer_id', { unsigned: true }).references(() => consumers.id),
    /** The key under which a resend finds this entry again. Keys of imported rows hold a space, which no request may. */
    requestId: ascii('request_id', { length: 100 }).unique('transactions_request_unique'),
    /** SHA-256 over endpoint, user and fields as sent: tells a resend from another request under the same key. */
    requestHash: ascii('request_hash', { length: 64 }),
    reversesId: bigint('reverses_id', { mode: 'number', unsigned: true })
      .unique('transactions_reverses_unique')
      .references((): AnyMySqlColumn => entries.id),
    replacesId: bigint('replaces_id', { mode: 'number', unsigned: true })
      .unique('transactions_replaces_unique')
      .references((): AnyMySqlColumn => entries.id),
    /** The entry whose place within its minute this replacement has taken; null where it stands at its own. */
    placeOfId: bigint('place_of_id', { mode: 'number', unsigned: true }),
    importId: int('import_id', { unsigned: true }).references(() => imports.id),
    /** Booked although it took the location over its capacity. */
    overCapacity: boolean('over_capacity').notNull().default(false),
  },
  (table) => [
    check('transactions_litres_positive', sql`${table.litres} > 0`),
    check('transactions_type_known', sql`${table.type} in ('IN', 'OUT')`),
    // Whoever reads along a timeline finds type, place and litres in the index and need not open the row.
    index('transactions_timeline').on(
      table.occurredAt,
      table.id,
      table.type,
      table.locationId,
      table.litres,
    ),
    index('transactions_location_timeline').on(
      table.locationId,
      table.occurredAt,
      table.id,
      table.type,
      table.litres,
    ),
    // A kind at a location, in order; it holds what reports add up.
    index('transactions_location_kind').on(
      table.locationId,
      table.kind,
      table.occurredAt,
      table.id,
      table.type,
      table.litres,
      table.consumerId,
      table.businessDay,
    ),
    index('transactions_kind').on(
      table.kind,
      table.occurredAt,
      table.id,
      table.type,
      table.locationId,
      table.litres,
    ),
    index('transactions_user').on(
      table.userId,
      table.occurredAt,
      table.id,
      table.type,
      table.locationId,
      table.litres,
    ),
    index('transactions_consumer').on(
      table.consumerId,
      table.occurredAt,
      table.id,
      table.type,
      table.litres,
    ),
    // Whoever walks along the litres meets what a filter leaves out as well, and must know it without opening the row.
    index('transactions_litres').on(
      table.litres,
      table.id,
      table.type,
      table.kind,
      table.locationId,
      table.userId,
      table.consumerId,
      table.occurredAt,
    ),
    index('transactions_location_litres').on(
      table.locationId,
      table.litres,
      table.id,
      table.type,
      table.kind,
      table.userId,
      table.consumerId,
      table.occurredAt,
    ),
    // The words of notes and reference have an index as well, which drizzle-kit does not know: transactions_words.
  ],
)
