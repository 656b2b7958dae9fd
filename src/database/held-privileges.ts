import type { Connection, RowDataPacket } from 'mysql2/promise'

/** An account as the server names it, and as its tables of rights write it. */
export type Account = { sql: string; grantee: string }

/** One right: what GRANT and REVOKE say before and after ON. */
export type Held = { on: string; privilege: string }

/** Whom the server takes this connection for: not always the name that it was opened with. */
export async function findAccount(connection: Connection): Promise<Account> {
  const [[row]] = await connection.query<RowDataPacket[]>('SELECT CURRENT_USER() AS account')
  const account = String(row?.account)
  const at = account.lastIndexOf('@')
  const [user, host] = [account.slice(0, at), account.slice(at + 1)]
  return {
    sql: `${connection.escape(user)}@${connection.escape(host)}`,
    grantee: `'${user}'@'${host}'`,
  }
}

/** What the account of this connection may do everywhere. */
export async function readGlobalPrivileges(
  connection: Connection,
  { grantee }: Account,
): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT privilege_type AS privilege FROM information_schema.user_privileges WHERE grantee = ?',
    [grantee],
  )
  return rows.map(({ privilege }) => String(privilege))
}

/** What the account of this connection was given on one database, its tables and their columns. */
export async function readHeld(
  connection: Connection,
  { grantee }: Account,
  { database, patterns }: { database: string; patterns: string[] },
): Promise<Held[]> {
  const read = async (text: string, place: string | string[]) =>
    (await connection.query<RowDataPacket[]>(text, [grantee, place]))[0]
  const onDatabase = await read(
    `SELECT table_schema AS place, privilege_type AS privilege, is_grantable AS grantable
     FROM information_schema.schema_privileges WHERE grantee = ? AND table_schema IN (?)`,
    patterns,
  )
  const onTables = await read(
    `SELECT table_name AS place, privilege_type AS privilege, is_grantable AS grantable
     FROM information_schema.table_privileges WHERE grantee = ? AND table_schema = ?`,
    database,
  )
  const onColumns = await read(
    `SELECT table_name AS place, column_name AS part, privilege_type AS privilege
     FROM information_schema.column_privileges WHERE grantee = ? AND table_schema = ?`,
    database,
  )
  const table = (name: unknown) => `${identifier(database)}.${identifier(String(name))}`
  return [
    ...withGrantOptions(onDatabase, (place) => `${identifier(String(place))}.*`),
    ...withGrantOptions(onTables, table),
    ...onColumns.map(({ place, part, privilege }) => ({
      on: table(place),
      privilege: `${privilege} (${identifier(String(part))})`,
    })),
  ]
}

/** The right to pass rights on is listed beside each of them; "USAGE" stands for none. */
function withGrantOptions(rows: RowDataPacket[], nameOf: (place: unknown) => string): Held[] {
  const held = rows
    .filter(({ privilege }) => privilege !== 'USAGE')
    .map(({ place, privilege }) => ({ on: nameOf(place), privilege: String(privilege) }))
  const passedOn = rows.filter(({ grantable }) => grantable === 'YES')
  const places = new Set(passedOn.map(({ place }) => nameOf(place)))
  return [...held, ...[...places].map((on) => ({ on, privilege: 'GRANT OPTION' }))]
}

export const identifier = (name: string): string => `\`${name.replaceAll('`', '``')}\``
