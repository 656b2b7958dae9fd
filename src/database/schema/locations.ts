import {
  bigint,
  boolean,
  index,
  int,
  mysqlTable,
  primaryKey,
  unique,
  varchar,
} from 'drizzle-orm/mysql-core'
import { ascii, day, instant, litreSum, litres } from '#src/database/schema/columns.ts'

/** Where stock is kept. */
export const locations = mysqlTable('locations', {
  id: int('id', { unsigned: true }).autoincrement().primaryKey(),
  code: ascii('code', { length: 32 }).notNull().unique('locations_code_unique'),
  name: varchar('name', { length: 100 }).notNull(),
  capacityLitres: litres('capacity_litres'),
  lowStockLitres: litres('low_stock_litres'),
  active: boolean('active').notNull().default(true),
  createdAt: instant('created_at', { fractionalSeconds: 3 }).notNull(),
})

/** Which genset or tug used the fuel. */
export const consumers = mysqlTable(
  'consumers',
  {
    id: int('id', { unsigned: true }).autoincrement().primaryKey(),
    locationId: int('location_id', { unsigned: true })
      .notNull()
      .references(() => locations.id),
    name: varchar('name', { length: 100 }).notNull(),
    kind: varchar('kind', { length: 16, enum: ['genset', 'tug'] }).notNull(),
    powerKilowatts: int('power_kilowatts', { unsigned: true }),
    active: boolean('active').notNull().default(true),
  },
  (table) => [unique('consumers_location_name_unique').on(table.locationId, table.name)],
)

/** Derived: what is left now. Its row is the lock that serialises all writes to a location. */
export const locationBalances = mysqlTable(
  'location_balances',
  {
    locationId: int('location_id', { unsigned: true })
      .primaryKey()
      .references(() => locations.id),
    balance: litreSum('balance').notNull(),
    entries: bigint('entries', { mode: 'number', unsigned: true }).notNull(),
    /** Since when the balance has been under the location's threshold; null where it is not, or nothing was booked. */
    lowSince: instant('low_since', { fractionalSeconds: 3 }),
  },
  // Each request asks whether anything is low: where nothing is, that must cost nothing.
  (table) => [index('location_balances_low').on(table.lowSince)],
)

/** Derived: one business day of a location. `lowest` and `highest` are relative to the day's opening. */
export const locationDays = mysqlTable(
  'location_days',
  {
    locationId: int('location_id', { unsigned: true })
      .notNull()
      .references(() => locations.id),
    businessDay: day('business_day').notNull(),
    net: litreSum('net').notNull(),
    litresIn: litreSum('litres_in').notNull(),
    litresOut: litreSum('litres_out').notNull(),
    entriesIn: int('entries_in', { unsigned: true }).notNull(),
    entriesOut: int('entries_out', { unsigned: true }).notNull(),
    lowest: litreSum('lowest').notNull(),
    highest: litreSum('highest').notNull(),
    /** All rows of a type, also those that do not count: what the history lists. */
    rowsIn: int('rows_in', { unsigned: true }).notNull().default(0),
    rowsOut: int('rows_out', { unsigned: true }).notNull().default(0),
    /** When the last of these rows moved; null where there is none. */
    lastAt: instant('last_at', { fractionalSeconds: 0 }),
  },
  (table) => [primaryKey({ columns: [table.locationId, table.businessDay] })],
)

/** Derived: the days of a month added up, so that long periods cost no more to read than short ones. */
export const locationMonths = mysqlTable(
  'location_months',
  {
    locationId: int('location_id', { unsigned: true })
      .notNull()
      .references(() => locations.id),
    /** The first day of the month. */
    month: day('month').notNull(),
    litresIn: litreSum('litres_in').notNull(),
    litresOut: litreSum('litres_out').notNull(),
    rowsIn: int('rows_in', { unsigned: true }).notNull(),
    rowsOut: int('rows_out', { unsigned: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.locationId, table.month] })],
)

/**
 * Derived: what one genset or tug used on a business day, as far as it counts. Usage for which none was named is the
 * rest of what left its location.
 */
export const consumerDays = mysqlTable(
  'consumer_days',
  {
    locationId: int('location_id', { unsigned: true })
      .notNull()
      .references(() => locations.id),
    consumerId: int('consumer_id', { unsigned: true })
      .notNull()
      .references(() => consumers.id),
    businessDay: day('business_day').notNull(),
    litres: litreSum('litres').notNull(),
    /** Signed: what a reversal takes off is added as a negative number. */
    entries: int('entries').notNull(),
  },
  (table) => [primaryKey({ columns: [table.locationId, table.businessDay, table.consumerId] })],
)
