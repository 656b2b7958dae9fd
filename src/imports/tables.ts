import { int, mysqlTable, primaryKey, varchar } from 'drizzle-orm/mysql-core'
import type { Connection } from 'mysql2/promise'
import { ascii, day, instant, litres } from '#src/database/schema/columns.ts'
import { ENTRY_KINDS, ENTRY_TYPES } from '#src/database/schema/transactions.ts'

/**
 * The rows of a file on their way into the books. The table is temporary: seen by one connection alone and gone
 * with it, so that staging locks nothing and no migration knows of it.
 */
export const importRows = mysqlTable(
  'import_rows',
  {
    place: int('place').notNull(),
    occurredAt: instant('occurred_at', { fractionalSeconds: 0 }).notNull(),
    /** The order of the rows within a minute: the line in the file, negative where the newest comes first. */
    fileRank: int('file_rank').notNull(),
    businessDay: day('business_day').notNull(),
    type: varchar('type', { length: 3, enum: ENTRY_TYPES }).notNull(),
    kind: varchar('kind', { length: 16, enum: ENTRY_KINDS }).notNull(),
    litres: litres('litres').notNull(),
    notes: varchar('notes', { length: 500 }),
    reference: varchar('reference', { length: 100 }),
    requestId: ascii('request_id', { length: 100 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.place, table.occurredAt, table.fileRank] })],
)

/** Rows that take their location over its capacity. */
export const overfullRows = mysqlTable('import_overfull', {
  fileRank: int('file_rank').primaryKey(),
})

const TABLES = [
  `CREATE TEMPORARY TABLE import_rows (
     place INT NOT NULL,
     occurred_at DATETIME NOT NULL,
     file_rank INT NOT NULL,
     business_day DATE NOT NULL,
     type VARCHAR(3) NOT NULL,
     kind VARCHAR(16) NOT NULL,
     litres DECIMAL(12,2) NOT NULL,
     notes VARCHAR(500),
     reference VARCHAR(100),
     request_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     PRIMARY KEY (place, occurred_at, file_rank)
   ) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
  `CREATE TEMPORARY TABLE import_repeats (
     place INT NOT NULL,
     occurred_at DATETIME NOT NULL,
     file_rank INT NOT NULL,
     number INT NOT NULL,
     PRIMARY KEY (place, occurred_at, file_rank)
   )`,
  'CREATE TEMPORARY TABLE import_overfull (file_rank INT NOT NULL PRIMARY KEY)',
]

export async function createTables(connection: Connection): Promise<void> {
  for (const table of TABLES) await connection.query(table)
}
