import { grantPrivileges } from '#src/database/grants.ts'
import { migrate } from '#src/database/migrate.ts'

export type Addresses = {
  /** Of the account that the app works with. */
  url: string
  /** Of the account that changes tables and grants rights; where there is none, the app's account does what it can. */
  migrationUrl?: string | undefined
}

const UNPROTECTED =
  'Peringatan: basis data sendiri tidak melindungi catatan, karena akun di DATABASE_URL juga mengubah tabel. ' +
  'Isi DATABASE_MIGRATION_URL dengan akun yang boleh mengubah tabel dan memberi hak, dan DATABASE_URL dengan akun lain yang biasa.'

/**
 * Brings the schema up to date and gives the app's account exactly what it needs of it. `warn` gets a line where the
 * account may still change or delete entries. Throws GrantRefused where the migration account may not grant.
 */
export async function prepareDatabase(
  { url, migrationUrl }: Addresses,
  warn: (line: string) => void = () => {},
): Promise<void> {
  if (migrationUrl !== undefined)
    return migrate(migrationUrl, (migrator) => grantPrivileges(migrator, url, warn))
  await migrate(url)
  warn(UNPROTECTED)
}
