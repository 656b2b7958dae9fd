/** The database could not be asked: not a fault of the request, which may be sent again. Becomes a 503. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway'
}

/** The connection broke at COMMIT: the transaction may be in the database or not. Sent again under its key it is booked once. */
export class OutcomeUnknown extends DatabaseAway {
  override name = 'OutcomeUnknown'
}

/** The server is away, going away, or has no connection to spare. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'POOL_CLOSED',
])

/** What mysql2 says without a code. */
const AWAY_MESSAGES = new Set([
  'Pool is closed.',
  'Queue limit reached.',
  "Can't add new command when connection is in closed state",
])

/** The server's error number, where the error or what it wraps has one. */
export function errnoOf(error: unknown): number | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('errno' in at && typeof at.errno === 'number' && at.errno > 0) return at.errno
  }
  return undefined
}

export function isDatabaseAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof DatabaseAway) return true
    if ('code' in at && typeof at.code === 'string' && AWAY_CODES.has(at.code)) return true
    if (AWAY_MESSAGES.has(at.message)) return true
  }
  return false
}
