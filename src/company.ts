import { and, eq } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, openChain } from '#src/audit/service.ts'
import { makePassword, passwordProblem } from '#src/auth/passwords.ts'
import { ConfigError } from '#src/config.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { settings } from '#src/database/schema/settings.ts'
import { users } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { addLocation } from '#src/locations/service.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { createUser } from '#src/users/service.ts'

/** The account in whose name files are booked when nobody is named. It has no password and cannot sign in. */
export const IMPORT_ACCOUNT_EMAIL = 'impor@bawaan.invalid'

const FIRST_LOCATIONS = [
  { code: 'GENSET', name: 'GENSET' },
  { code: 'TUG_ASSIST', name: 'TUG_ASSIST' },
]

/** The company's books are cut into days by one zone for ever; another one in the environment is a mistake. */
export class ZoneChanged extends Error {
  override name = 'ZoneChanged'
}

/**
 * What a database needs before its first use: the company's zone, the first locations, the account of imports.
 * Does nothing the second time. Throws ZoneChanged where the books were begun in another zone.
 */
export async function prepareCompany(system: System): Promise<void> {
  await inTransaction(system.db, async (tx) => {
    await tx.insert(settings).ignore().values({ name: 'timezone', value: system.config.timezone })
    await checkZone(tx, system.config.timezone)
    const [chain] = await tx
      .select()
      .from(auditChains)
      .where(eq(auditChains.chain, ADMINISTRATION_CHAIN))
    if (chain) return
    await openChain(tx, ADMINISTRATION_CHAIN)
    for (const location of FIRST_LOCATIONS) {
      const unlimited = { capacityLitres: null, lowStockLitres: null, active: true }
      await addLocation(tx, { at: system.now(), userId: null }, { ...location, ...unlimited })
    }
    await tx.insert(users).values({
      email: IMPORT_ACCOUNT_EMAIL,
      name: 'Impor',
      role: 'supervisor',
      builtIn: true,
      createdAt: system.now(),
    })
  })
}

/**
 * Makes the first admin where there is none; answers the password where it had to be made up. Throws ConfigError where
 * the environment gives one that others would guess.
 */
export async function prepareFirstAdmin(
  system: System,
): Promise<{ email: string; password: string | null } | null> {
  if (await hasAdmin(system.db)) return null
  const { adminEmail: email, adminPassword } = system.config
  const admin = { email: email.toLowerCase(), name: 'Admin', role: 'admin' } as const
  const password = adminPassword ?? makePassword(admin)
  const problem = passwordProblem(password, admin)
  if (problem !== null) throw new ConfigError([`ADMIN_PASSWORD tidak bisa dipakai. ${problem}`])
  try {
    await createUser(system, { actor: null }, { ...admin, location: null, password })
  } catch (error) {
    // Of two processes that begin at once on new books, the other one was quicker.
    if (error instanceof Rejected && error.status === 409 && (await hasAdmin(system.db)))
      return null
    throw error
  }
  return { email, password: adminPassword ? null : password }
}

async function hasAdmin(db: Db): Promise<boolean> {
  const [known] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.builtIn, false)))
    .limit(1)
  return known !== undefined
}

async function checkZone(tx: Db, timezone: string): Promise<void> {
  const [kept] = await tx.select().from(settings).where(eq(settings.name, 'timezone'))
  if (kept?.value !== timezone) {
    throw new ZoneChanged(
      `TIMEZONE is ${timezone}, but these books were begun in ${kept?.value}: start with TIMEZONE=${kept?.value}`,
    )
  }
}
