import { mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { ascii } from '#src/database/schema/columns.ts'

/** What the company decided once for the whole system, such as its time zone. */
export const settings = mysqlTable('settings', {
  name: ascii('name', { length: 40 }).primaryKey(),
  value: varchar('value', { length: 1000 }).notNull(),
})
