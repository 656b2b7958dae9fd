import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import {
  IMPORT_ACCOUNT_EMAIL,
  prepareCompany,
  prepareFirstAdmin,
  ZoneChanged,
} from '#src/company.ts'
import { ConfigError } from '#src/config.ts'
import { users } from '#src/database/schema/users.ts'
import type { System } from '#src/system.ts'
import { type EmptyDepot, emptyDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'

let depot: EmptyDepot
beforeEach(async () => {
  await depot?.database.close()
  depot = await emptyDepot()
})
afterAll(() => depot.database.close())

const changed = (changes: Partial<System['config']>): System => ({
  ...depot.system,
  config: { ...depot.system.config, ...changes },
})
const adminsOf = () => depot.system.db.select().from(users).where(eq(users.role, 'admin'))

describe('a new company', () => {
  test('begins with its zone, two locations and the account of imports, which has no password', async () => {
    await prepareCompany(depot.system)
    const {
      settings,
      locations,
      users: people,
      chains,
      audit,
    } = await everythingIn(depot.system.db)
    expect(settings).toEqual([{ name: 'timezone', value: 'Asia/Makassar' }])
    expect(
      locations.map(({ code, capacityLitres, lowStockLitres }) => [
        code,
        capacityLitres,
        lowStockLitres,
      ]),
    ).toEqual([
      ['GENSET', null, null],
      ['TUG_ASSIST', null, null],
    ])
    expect(people).toHaveLength(1)
    expect(people[0]).toMatchObject({
      email: IMPORT_ACCOUNT_EMAIL,
      passwordHash: null,
      builtIn: true,
    })
    expect(chains).toHaveLength(3)
    expect(audit.map(({ action }) => action)).toEqual(['location.create', 'location.create'])
  })

  test('is made once however often and however many at once prepare it', async () => {
    await Promise.all(Array.from({ length: 5 }, () => prepareCompany(depot.system)))
    const first = await everythingIn(depot.system.db)
    await prepareCompany(depot.system)
    expect(await everythingIn(depot.system.db)).toEqual(first)
    expect(first.locations).toHaveLength(2)
    expect(first.users).toHaveLength(1)
  })

  test('does not start in another zone than its books were begun in, and says which', async () => {
    await prepareCompany(depot.system)
    const before = await everythingIn(depot.system.db)
    const moved = prepareCompany(changed({ timezone: 'Asia/Jakarta' }))
    await expect(moved).rejects.toBeInstanceOf(ZoneChanged)
    await expect(moved).rejects.toThrow('TIMEZONE=Asia/Makassar')
    expect(await everythingIn(depot.system.db)).toEqual(before)
  })
})

describe('the first admin', () => {
  test('is made once, with the password of the environment', async () => {
    await prepareCompany(depot.system)
    const system = changed({
      adminEmail: 'Kepala@Depo.Example',
      adminPassword: 'solar-untuk-genset',
    })
    expect(await prepareFirstAdmin(system)).toEqual({
      email: 'Kepala@Depo.Example',
      password: null,
    })
    expect(await prepareFirstAdmin(system)).toBeNull()
    expect((await adminsOf()).map(({ email }) => email)).toEqual(['kepala@depo.example'])
  })

  test.each([
    ['pas123', 'paling sedikit 10 huruf'],
    ['password123', 'paling sering dipakai'],
    ['Kepala-depo-7', 'memuat nama atau email'],
    ['sandi-admin-7', 'memuat nama atau email'],
  ])('is not made with %j, and the start says why', async (adminPassword, sentence) => {
    await prepareCompany(depot.system)
    const system = changed({ adminEmail: 'Kepala@Depo.Example', adminPassword })
    const refused = prepareFirstAdmin(system)
    await expect(refused).rejects.toBeInstanceOf(ConfigError)
    await expect(refused).rejects.toThrow(`ADMIN_PASSWORD tidak bisa dipakai.`)
    await expect(refused).rejects.toThrow(sentence)
    expect(await adminsOf()).toEqual([])
  })

  test('gets a password of its own where none is given, another at each depot', async () => {
    await prepareCompany(depot.system)
    const first = await prepareFirstAdmin(depot.system)
    expect(first?.password).toMatch(/^[\w-]{16}$/)
    await depot.database.close()
    depot = await emptyDepot()
    await prepareCompany(depot.system)
    expect((await prepareFirstAdmin(depot.system))?.password).not.toBe(first?.password ?? '')
  })

  test('is not made again while there is an inactive one', async () => {
    await prepareCompany(depot.system)
    await prepareFirstAdmin(depot.system)
    await depot.system.db.update(users).set({ active: false }).where(eq(users.role, 'admin'))
    expect(await prepareFirstAdmin(depot.system)).toBeNull()
  })
})
