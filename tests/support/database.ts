/** The URL of the empty database that the preload made for this test file: tables are for the test to make. */
export function testDatabaseUrl(): string {
  const url = process.env.TEST_FILE_DATABASE_URL
  if (!url) throw new Error('the preload (tests/support/preload.ts) has made no database')
  return url
}
