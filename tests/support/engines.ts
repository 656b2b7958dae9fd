export type EngineName = 'mariadb' | 'mysql'

/** The database that this run of the tests uses. */
export const engineName = (): EngineName =>
  process.env.TEST_ENGINE === 'mysql' ? 'mysql' : 'mariadb'
