import { bigint, index, int, mysqlTable, text, unique, varchar } from 'drizzle-orm/mysql-core'
import { ascii, instant } from '#src/database/schema/columns.ts'
import { users } from '#src/database/schema/users.ts'

/** The head of each chain. Its row is locked while a link is added, so that links never fork. */
export const auditChains = mysqlTable('audit_chains', {
  chain: ascii('chain', { length: 40 }).primaryKey(),
  length: bigint('length', { mode: 'number', unsigned: true }).notNull(),
  headHash: ascii('head_hash', { length: 64 }).notNull(),
})

/** The audit trail of books, people, locations and settings. Rows are appended, never updated or deleted. */
export const systemLogs = mysqlTable(
  'system_logs',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    chain: ascii('chain', { length: 40 }).notNull(),
    /** 1 for the first link of its chain. */
    position: bigint('position', { mode: 'number', unsigned: true }).notNull(),
    recordedAt: instant('recorded_at', { fractionalSeconds: 3 }).notNull(),
    userId: int('user_id', { unsigned: true }).references(() => users.id),
    action: ascii('action', { length: 40 }).notNull(),
    /** What was changed: "entry:42", "user:7". */
    subject: ascii('subject', { length: 60 }).notNull(),
    before: text('before_state'),
    after: text('after_state'),
    previousHash: ascii('previous_hash', { length: 64 }).notNull(),
    hash: ascii('hash', { length: 64 }).notNull(),
  },
  (table) => [
    unique('system_logs_chain_position_unique').on(table.chain, table.position),
    index('system_logs_subject').on(table.subject),
    // Who reads the trail asks for a person or for an action, the newest first.
    index('system_logs_user').on(table.userId, table.id),
    index('system_logs_action').on(table.action, table.id),
    index('system_logs_time').on(table.recordedAt, table.id),
  ],
)

/** Sign-ins, failures and refusals: unchained, so that a stranger's flood never delays a booking. */
export const accessLogs = mysqlTable(
  'access_logs',
  {
    id: bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey(),
    recordedAt: instant('recorded_at', { fractionalSeconds: 3 }).notNull(),
    action: ascii('action', { length: 40 }).notNull(),
    userId: int('user_id', { unsigned: true }).references(() => users.id),
    /** The e-mail address as typed, or the path that was refused. */
    detail: varchar('detail', { length: 255 }).notNull(),
    address: ascii('address', { length: 45 }).notNull(),
    userAgent: varchar('user_agent', { length: 255 }).notNull(),
  },
  (table) => [
    index('access_logs_time').on(table.recordedAt),
    index('access_logs_user').on(table.userId, table.id),
    index('access_logs_action').on(table.action, table.id),
  ],
)
