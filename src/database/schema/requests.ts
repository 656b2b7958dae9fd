import { mysqlTable, text } from 'drizzle-orm/mysql-core'
import { ascii, instant } from '#src/database/schema/columns.ts'

/** Keys of writes that leave no entry, such as a change of a person, with what was answered. */
export const requests = mysqlTable('requests', {
  id: ascii('id', { length: 100 }).primaryKey(),
  /** Over endpoint, user and fields as sent: tells a resend from another request under the same key. */
  hash: ascii('hash', { length: 64 }).notNull(),
  recordedAt: instant('recorded_at', { fractionalSeconds: 3 }).notNull(),
  /** JSON. */
  answer: text('answer').notNull(),
})
