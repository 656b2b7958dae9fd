import type { Addresses } from '#src/database/prepare.ts'

/** The empty database that the preload made for this test file, as the app's own account, which has no right in it yet. */
export function testDatabaseUrl(): string {
  return given('TEST_FILE_DATABASE_URL')
}

/** The same database as the server's root: for preparing it, and for doing what the app's account is refused. */
export function rootDatabaseUrl(): string {
  return given('TEST_FILE_ROOT_URL')
}

export const testAddresses = (): Addresses => ({
  url: testDatabaseUrl(),
  migrationUrl: rootDatabaseUrl(),
})

/** The same for a program that is started. */
export const testEnvironment = () => ({
  DATABASE_URL: testDatabaseUrl(),
  DATABASE_MIGRATION_URL: rootDatabaseUrl(),
})

function given(name: string): string {
  const url = process.env[name]
  if (!url) throw new Error('the preload (tests/support/preload.ts) has made no database')
  return url
}
