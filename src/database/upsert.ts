import { type SQL, sql } from 'drizzle-orm'

/** What the row that came would have put into a column, where ON DUPLICATE KEY UPDATE meets one that is there. */
export const incoming = (column: string): SQL => sql.raw(`values(${column})`)

/** What stands there, and the row's own added to it. */
export const grown = (column: string): SQL => sql.raw(`${column} + values(${column})`)
