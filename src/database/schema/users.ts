import { boolean, index, int, mysqlTable, varchar } from 'drizzle-orm/mysql-core'
import { ascii, instant } from '#src/database/schema/columns.ts'
import { locations } from '#src/database/schema/locations.ts'

export const ROLES = ['admin', 'supervisor', 'operasional'] as const

export const users = mysqlTable('users', {
  id: int('id', { unsigned: true }).autoincrement().primaryKey(),
  email: varchar('email', { length: 254 }).notNull().unique('users_email_unique'),
  name: varchar('name', { length: 100 }).notNull(),
  role: varchar('role', { length: 16, enum: ROLES }).notNull(),
  locationId: int('location_id', { unsigned: true }).references(() => locations.id),
  /** Absent for an account that cannot sign in, such as the built-in "Impor". */
  passwordHash: ascii('password_hash', { length: 60 }),
  active: boolean('active').notNull().default(true),
  /** Belongs to the system, not to a person: left out of the list of users. */
  builtIn: boolean('built_in').notNull().default(false),
  createdAt: instant('created_at', { fractionalSeconds: 3 }).notNull(),
  /** Somebody else chose the password: until another one is chosen, nothing else can be done. */
  mustChangePassword: boolean('must_change_password').notNull().default(false),
  lastSignInAt: instant('last_sign_in_at', { fractionalSeconds: 3 }),
})

/** One sign-in on one browser; the family of its refresh tokens. */
export const sessions = mysqlTable(
  'sessions',
  {
    id: ascii('id', { length: 32 }).primaryKey(),
    userId: int('user_id', { unsigned: true })
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at', { fractionalSeconds: 3 }).notNull(),
    lastSeenAt: instant('last_seen_at', { fractionalSeconds: 3 }).notNull(),
    endedAt: instant('ended_at', { fractionalSeconds: 3 }),
    endReason: varchar('end_reason', {
      length: 16,
      enum: ['logout', 'reuse', 'deactivated', 'role', 'password', 'admin'],
    }),
    address: ascii('address', { length: 45 }).notNull(),
    userAgent: varchar('user_agent', { length: 255 }).notNull(),
    /** When an old token of an earlier session was used again: told in this one until it was read; null where there is nothing to tell. */
    reuseNoticedAt: instant('reuse_noticed_at', { fractionalSeconds: 3 }),
  },
  (table) => [
    index('sessions_user').on(table.userId, table.endedAt),
    // For whoever clears away what can no longer be used.
    index('sessions_last_seen').on(table.lastSeenAt),
  ],
)

/** Only hashes are kept. A token's child is made from the token itself, so it need not be stored to be found again. */
export const refreshTokens = mysqlTable(
  'refresh_tokens',
  {
    hash: ascii('hash', { length: 64 }).primaryKey(),
    sessionId: ascii('session_id', { length: 32 })
      .notNull()
      .references(() => sessions.id),
    createdAt: instant('created_at', { fractionalSeconds: 3 }).notNull(),
    firstUsedAt: instant('first_used_at', { fractionalSeconds: 3 }),
  },
  (table) => [index('refresh_tokens_session').on(table.sessionId)],
)

export const KEY_SCOPES = ['read', 'book'] as const

/**
 * Keys of programs, such as a flow meter. Each has an account of its own, built in and without a password, in whose name
 * it books: its name, its location and whether it is active stand there.
 */
export const apiKeys = mysqlTable('api_keys', {
  id: int('id', { unsigned: true }).autoincrement().primaryKey(),
  userId: int('user_id', { unsigned: true })
    .notNull()
    .unique('api_keys_user_unique')
    .references(() => users.id),
  /** SHA-256 of the key, which is shown once. */
  hash: ascii('hash', { length: 64 }).notNull().unique('api_keys_hash_unique'),
  /** The first signs of the key, by which people know it again. */
  prefix: ascii('prefix', { length: 12 }).notNull(),
  scope: varchar('scope', { length: 8, enum: KEY_SCOPES }).notNull(),
  createdAt: instant('created_at', { fractionalSeconds: 3 }).notNull(),
  createdBy: int('created_by', { unsigned: true })
    .notNull()
    .references(() => users.id),
  revokedAt: instant('revoked_at', { fractionalSeconds: 3 }),
  lastUsedAt: instant('last_used_at', { fractionalSeconds: 3 }),
})
