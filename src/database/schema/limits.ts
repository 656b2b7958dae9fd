import { bigint, int, mysqlTable } from 'drizzle-orm/mysql-core'
import { ascii } from '#src/database/schema/columns.ts'

/** Counters of throttling, shared by all processes. rate-limiter-flexible reads and writes them; old ones are cleared by the way. */
export const limits = mysqlTable('limits', {
  key: ascii('key', { length: 255 }).primaryKey(),
  points: int('points').notNull().default(0),
  /** Milliseconds since 1970; null where it never ends. */
  expire: bigint('expire', { mode: 'number', unsigned: true }),
})
