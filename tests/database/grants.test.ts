import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { errnoOf } from '#src/database/errors.ts'
import { GrantRefused, PRIVILEGES } from '#src/database/grants.ts'
import { prepareDatabase } from '#src/database/prepare.ts'
import { explain } from '#src/explain.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'
import { rootDatabaseUrl, testAddresses, testDatabaseUrl } from '#tests/support/database.ts'

/** Its "_" stands for any character where a right on a whole database is granted. */
const name = new URL(testDatabaseUrl()).pathname.slice(1)
const account = `'${name}'@'localhost'`
const keeper = `'${name}_keeper'@'localhost'`
const keeperUrl = withUser(rootDatabaseUrl(), `${name}_keeper`)
const DENIED = 1142

let depot: Depot
let root: Connection
beforeAll(async () => {
  root = await createConnection({
    ...connectionOptions(rootDatabaseUrl()),
    multipleStatements: true,
  })
})
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await prepare()
  await root.query(`drop user if exists ${keeper}; create user ${keeper}`)
})
afterAll(async () => {
  await root.query(`drop user if exists ${keeper}; drop table if exists elsewhere`)
  await root.end()
  await depot.close()
})

const REFUSED = ['transactions', 'system_logs'].flatMap((table) => [
  `update ${table} set id = id`,
  `update ${table} set id = id where 1 = 0`,
  `delete from ${table} limit 1`,
  `delete t from ${table} t join users on users.id = t.user_id`,
  `insert into ${table} (id) values (1) on duplicate key update id = 1`,
  `replace into ${table} (id) values (1)`,
  `truncate ${table}`,
  `drop table ${table}`,
  `alter table ${table} add extra int`,
  `rename table ${table} to hidden`,
  `create trigger spoil before insert on ${table} for each row set new.id = 1`,
])

describe('the app’s account', () => {
  test.each(REFUSED)('is refused by the database: %s', async (statement) => {
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
    expect(await errnoOfStatement(statement)).toBe(DENIED)
    await prepare()
    expect(await errnoOfStatement(statement)).toBe(DENIED)
  })

  test('holds for each table what the list in the code says, and nothing else', async () => {
    expect(await rights()).toEqual(LISTED)
    const grants = await columnOf(`show grants for ${account}`)
    const onDatabase = grants.filter((line) => line.includes('.* '))
    expect(onDatabase).toHaveLength(2)
    expect(onDatabase[0]).toStartWith('GRANT USAGE ON *.*')
    expect(onDatabase[1]).toStartWith('GRANT CREATE TEMPORARY TABLES ON ')
  })

  test('has every table of the schema in that list', async () => {
    const tables = await columnOf(
      'select table_name from information_schema.tables where table_schema = database()',
    )
    expect(tables.sort()).toEqual(Object.keys(PRIVILEGES).sort())
  })
})

describe('a start', () => {
  test.each([
    ['everything on the database', `grant all on \`${name}\`.* to ${account} with grant option`],
    [
      'everything on the database, its name escaped',
      `grant all on \`${name.replace('_', '\\_')}\`.* to ${account}`,
    ],
    [
      'everything on every database of such a name',
      `grant all on \`${name.slice(0, 6)}%\`.* to ${account}`,
    ],
    ['a right on one table', `grant update, drop on transactions to ${account} with grant option`],
    ['a right on one column', `grant update (notes), select (id) on transactions to ${account}`],
    [
      'a right on a table that is not ours',
      `create table elsewhere (id int); grant all on elsewhere to ${account}`,
    ],
    [
      'a right on a table that is gone',
      `create table lost (id int); grant all on lost to ${account}; drop table lost`,
    ],
  ])('takes away what was granted before: %s', async (_, grant) => {
    await root.query(grant)
    expect(await prepare()).toEqual([])
    expect(await rights()).toEqual(LISTED)
    expect(await errnoOfStatement("update transactions set notes = ''")).toBe(DENIED)
    expect(await errnoOfStatement('truncate transactions')).toBe(DENIED)
    await root.query('drop table if exists elsewhere')
  })

  test('leaves alone what is right, so that another process is never without', async () => {
    await root.query(`revoke insert on consumers from ${account}`)
    const user = await depot.signIn('wati')
    let isOver = false
    const working = (async () => {
      while (!isOver) await deliver(user, { location: 'GENSET', amount: 1 })
    })()
    for (let time = 0; time < 5; time++) await prepare()
    isOver = true
    await working
    expect(await rights()).toEqual(LISTED)
  })

  test('warns where one account does both', async () => {
    const both = { url: rootDatabaseUrl(), migrationUrl: rootDatabaseUrl() }
    expect(await warningsOf(both)).toEqual([expect.stringContaining('akun yang sama')])
    expect(await warningsOf({ url: rootDatabaseUrl() })).toEqual([
      expect.stringContaining('DATABASE_MIGRATION_URL'),
    ])
  })

  test('warns where the app’s account has its rights everywhere, which this database cannot take', async () => {
    await root.query(`grant update, delete on *.* to ${account}`)
    const [warning, ...others] = await prepare()
    await root.query(`revoke update, delete on *.* from ${account}`)
    expect(others).toEqual([])
    expect(warning).toContain('UPDATE, DELETE ON *.*')
    expect(warning).toContain('diizinkan: DELETE FROM system_logs')
    expect(await prepare()).toEqual([])
  })

  test('warns where a role gives what the account itself has not', async () => {
    const role = `${name}_role`
    const isMysql = (await columnOf('select version()')).every((one) => !one.includes('MariaDB'))
    await root.query(
      `create role ${role}; grant update on transactions to ${role}; grant ${role} to ${account};
       set default role ${role} ${isMysql ? 'to' : 'for'} ${account}`,
    )
    const warnings = await prepare()
    await root.query(`drop role ${role}`)
    expect(warnings).toEqual([expect.stringContaining('diizinkan: UPDATE transactions')])
  })
})

describe('a migration account that is no root', () => {
  const url = testDatabaseUrl()

  test('of this database alone, with the right to grant, is enough', async () => {
    await root.query(`grant all on \`${name}\`.* to ${keeper} with grant option`)
    await root.query(`drop user ${account}; create user ${account}`)
    expect(await warningsOf({ url, migrationUrl: keeperUrl })).toEqual([])
    expect(await rights()).toEqual(LISTED)
    expect(await warningsOf({ url, migrationUrl: keeperUrl })).toEqual([])
  })

  test('that may not grant ends the start with the statement that mends it', async () => {
    await root.query(`grant all on \`${name}\`.* to ${keeper}`)
    await root.query(`drop user ${account}; create user ${account}`)
    const error = await prepareDatabase({ url, migrationUrl: keeperUrl }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(GrantRefused)
    const [sentence = '', statement = ''] = explain(error).split('\n')
    expect(sentence).toContain(`Akun ${keeper} di DATABASE_MIGRATION_URL tidak boleh memberi hak`)
    await root.query(statement)
    expect(await warningsOf({ url, migrationUrl: keeperUrl })).toEqual([])
  })

  test('that may not take a wider right away says which statement does', async () => {
    await root.query(
      `grant all on \`${name.replace('_', '\\_')}\`.* to ${keeper} with grant option`,
    )
    await root.query(`grant all on \`${name}\`.* to ${account}`)
    const [warning] = await warningsOf({ url, migrationUrl: keeperUrl })
    const [, statement = ''] = /menjalankan (REVOKE [^)]+)\)/.exec(warning ?? '') ?? []
    await root.query(statement)
    expect(await warningsOf({ url, migrationUrl: keeperUrl })).toEqual([])
  })

  test('without the right to change tables is told in a sentence', async () => {
    await root.query(`grant select on \`${name}\`.* to ${keeper}`)
    const error = await prepareDatabase({ url, migrationUrl: keeperUrl }).catch((thrown) => thrown)
    expect(explain(error)).toStartWith('Akun basis data tidak berhak melakukan ini.')
  })
})

/** Prepares the database as a start does; answers what it warned of. */
const prepare = () => warningsOf(testAddresses())

async function warningsOf(addresses: Parameters<typeof prepareDatabase>[0]): Promise<string[]> {
  const warnings: string[] = []
  await prepareDatabase(addresses, (line) => warnings.push(line))
  return warnings
}

const LISTED = Object.entries(PRIVILEGES)
  .flatMap(([table, privileges]) => privileges.map((privilege) => `${privilege} ON ${table}`))
  .sort()

/** What the account holds on tables and columns of this database. */
async function rights(): Promise<string[]> {
  const held = await columnOf(
    `select concat(privilege_type, ' ON ', table_name) from information_schema.table_privileges
     where table_schema = database() and grantee = "${account}"
     union all
     select concat(privilege_type, ' ON ', table_name, '.', column_name) from information_schema.column_privileges
     where table_schema = database() and grantee = "${account}"`,
  )
  return held.sort()
}

async function columnOf(statement: string): Promise<string[]> {
  const [rows] = await root.query<RowDataPacket[]>(statement)
  return rows.map((row) => String(Object.values(row)[0]))
}

/** On a connection of its own: rights on a whole database count from the moment it is entered. */
async function errnoOfStatement(statement: string): Promise<number | undefined> {
  const connection = await createConnection(connectionOptions(testDatabaseUrl()))
  try {
    await connection.query(statement)
    return undefined
  } catch (error) {
    return errnoOf(error)
  } finally {
    connection.destroy()
  }
}

function withUser(url: string, user: string): string {
  const ours = new URL(url)
  ours.username = user
  return ours.href
}
