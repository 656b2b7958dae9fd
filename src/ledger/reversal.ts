import { type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { entries } from '#src/database/schema/transactions.ts'

/** What reverses an entry, for queries that join it on `reverses_id`. */
export const reversal = alias(entries, 'reversal')

/** An entry that counts: neither reversed nor a reversal. For queries that join `reversal`. */
export const counts: SQL = sql`(${entries.reversesId} is null and ${reversal.id} is null)`
