import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { errnoOf } from '#src/database/errors.ts'
import {
  type Account,
  findAccount,
  type Held,
  identifier,
  readGlobalPrivileges,
  readHeld,
} from '#src/database/held-privileges.ts'

const REBUILT = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const
const CHANGED = ['SELECT', 'INSERT', 'UPDATE'] as const
const APPENDED = ['SELECT', 'INSERT'] as const
const READ = ['SELECT'] as const

/** What the app's account may do with each table: no more than the code does. A table that is not named is out of its reach. */
export const PRIVILEGES: Readonly<Record<string, readonly string[]>> = {
  access_logs: APPENDED,
  api_keys: CHANGED,
  audit_chains: CHANGED,
  consumer_days: REBUILT,
  consumers: CHANGED,
  imports: APPENDED,
  limits: REBUILT,
  location_balances: CHANGED,
  location_days: REBUILT,
  location_months: REBUILT,
  locations: CHANGED,
  outbox: CHANGED,
  refresh_tokens: REBUILT,
  requests: APPENDED,
  schema_migrations: READ,
  sessions: REBUILT,
  settings: CHANGED,
  system_logs: APPENDED,
  transactions: APPENDED,
  users: CHANGED,
}

/** Files are staged in temporary tables, for which a right on the whole database is needed. */
const STAGING = 'CREATE TEMPORARY TABLES'

/** Held on every database, these reach the books past any right on a table. */
const DANGEROUS = new Set(['UPDATE', 'DELETE', 'DROP', 'ALTER'])

const FOREVER = ['transactions', 'system_logs'] as const
const ATTEMPTS = FOREVER.flatMap((table) => [
  `UPDATE ${table} SET id = id WHERE 1 = 0`,
  `DELETE FROM ${table} WHERE 1 = 0`,
])

/** Refused on the database, on a table, on a column. */
const DATABASE_DENIED = 1044
const DENIED = new Set([DATABASE_DENIED, 1142, 1143])
/** Also: refused for want of a global right, no such account, and no account to be made by GRANT. */
const GRANT_DENIED = new Set([...DENIED, 1045, 1227, 1133, 1410])

/** The migration account may not give rights away. The message says what the database's keeper must run. */
export class GrantRefused extends Error {
  override name = 'GrantRefused'
}

/**
 * Gives the app's account exactly what PRIVILEGES says and takes the rest away, then asks the database as that account
 * whether entries can still be changed; `warn` gets a line if so. What is right already is left alone, and rights are
 * given before wider ones are taken, so that another process of the app never finds itself without.
 */
export async function grantPrivileges(
  migrator: Connection,
  appUrl: string,
  warn: (line: string) => void,
): Promise<void> {
  const { database, ...options } = connectionOptions(appUrl)
  // Without the database: an account that has no right yet is not let into it.
  const app = await createConnection(options)
  try {
    const account = await findAccount(app)
    const granting = await findAccount(migrator)
    if (account.sql === granting.sql)
      return warn(
        warning(account, 'DATABASE_URL dan DATABASE_MIGRATION_URL memakai akun yang sama'),
      )
    const scope = await readScope(migrator)
    const reasons: string[] = []
    const globals = (await readGlobalPrivileges(app, account)).filter((one) => DANGEROUS.has(one))
    if (globals.length > 0) reasons.push(`akun itu punya hak ${globals.join(', ')} ON *.*`)
    const held = await readHeld(app, account, scope)
    await grantMissing({ migrator, account, granting, scope, held })
    reasons.push(...(await revokeRest({ migrator, account, scope, held })))
    await app.query(`USE ${identifier(scope.database)}`)
    for (const attempt of ATTEMPTS) {
      if (!(await isRefused(app, attempt))) reasons.push(`diizinkan: ${attempt}`)
    }
    if (reasons.length > 0) warn(warning(account, reasons.join('; ')))
  } finally {
    app.destroy()
  }
}

type Scope = { database: string; patterns: [string, ...string[]] }
type Work = { migrator: Connection; account: Account; scope: Scope; held: Held[] }

/** A right on a whole database is kept under a pattern, in which the "_" of a name stands for any character. */
async function readScope(migrator: Connection): Promise<Scope> {
  const [[row]] = await migrator.query<RowDataPacket[]>('SELECT DATABASE() AS name')
  const database = String(row?.name)
  const [[setting]] = await migrator.query<RowDataPacket[]>("SHOW VARIABLES LIKE 'partial_revokes'")
  const escaped = database.replace(/[_%\\]/g, '\\$&')
  // MySQL takes names literally where partial revokes are switched on.
  if (setting?.Value === 'ON' || escaped === database) return { database, patterns: [database] }
  return { database, patterns: [escaped, database] }
}

async function grantMissing(work: Work & { granting: Account }): Promise<void> {
  const { migrator, account, scope, held } = work
  const has = (on: string, privilege: string) =>
    held.some((one) => one.on === on && one.privilege === privilege)
  try {
    for (const [table, privileges] of Object.entries(PRIVILEGES)) {
      const on = `${identifier(scope.database)}.${identifier(table)}`
      const missing = privileges.filter((privilege) => !has(on, privilege))
      if (missing.length === 0) continue
      await migrator.query(`GRANT ${missing.join(', ')} ON ${on} TO ${account.sql}`)
    }
    // After the tables: a right under the exact name hides those under a wider pattern.
    if (!held.some(isStaging)) await grantStaging(work)
  } catch (error) {
    if (!GRANT_DENIED.has(errnoOf(error) ?? 0)) throw error
    throw refusal(work, error)
  }
}

/** Who was given the unescaped pattern may pass on exactly that pattern and no other. */
async function grantStaging({ migrator, account, scope }: Work): Promise<void> {
  const [exact, ...others] = scope.patterns
  const grant = (pattern: string) =>
    migrator.query(`GRANT ${STAGING} ON ${identifier(pattern)}.* TO ${account.sql}`)
  try {
    await grant(exact)
  } catch (error) {
    const [other] = others
    if (errnoOf(error) !== DATABASE_DENIED || other === undefined) throw error
    await grant(other)
  }
}

/** Takes away what PRIVILEGES does not name; answers why that was not possible. */
async function revokeRest({ migrator, account, scope, held }: Work): Promise<string[]> {
  const wanted = (one: Held) => {
    const tables = Object.entries(PRIVILEGES)
    return tables.some(
      ([table, privileges]) =>
        one.on === `${identifier(scope.database)}.${identifier(table)}` &&
        privileges.includes(one.privilege),
    )
  }
  const rest = Map.groupBy(
    held.filter((one) => !wanted(one) && !isStaging(one)),
    ({ on }) => on,
  )
  const failures: string[] = []
  for (const [on, privileges] of rest) {
    const list = privileges.map(({ privilege }) => privilege).join(', ')
    const statement = `REVOKE ${list} ON ${on} FROM ${account.sql}`
    try {
      await migrator.query(statement)
    } catch (error) {
      if (!GRANT_DENIED.has(errnoOf(error) ?? 0)) throw error
      failures.push(`pengelola basis data harus menjalankan ${statement}`)
    }
  }
  return failures
}

const isStaging = ({ on, privilege }: Held): boolean => privilege === STAGING && on.endsWith('.*')

async function isRefused(app: Connection, statement: string): Promise<boolean> {
  try {
    await app.query(statement)
    return false
  } catch (error) {
    if (DENIED.has(errnoOf(error) ?? 0)) return true
    throw error
  }
}

function refusal({ account, granting, scope }: Work & { granting: Account }, cause: unknown) {
  const [pattern] = scope.patterns
  return new GrantRefused(
    `Akun ${granting.sql} di DATABASE_MIGRATION_URL tidak boleh memberi hak kepada ${account.sql}. ` +
      `Minta pengelola basis data menjalankan:\n  GRANT ALL PRIVILEGES ON ${identifier(pattern)}.* TO ${granting.sql} WITH GRANT OPTION;`,
    { cause },
  )
}

const warning = (account: Account, reason: string): string =>
  `Peringatan: basis data sendiri tidak melindungi catatan dari akun ${account.sql} (${reason}). ` +
  'Pakai akun biasa tanpa hak ON *.* di DATABASE_URL.'
