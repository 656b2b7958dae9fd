import { createConnection } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { isDatabaseAway } from '#src/database/errors.ts'
import type { Addresses } from '#src/database/prepare.ts'

const EVERY_MS = 1_000
const REPEAT_MS = 15_000

/** Short, so that an attempt which began while nobody was there does not outlast the coming by much. */
const ATTEMPT_MS = 1_500

/** The network or the names of a machine that has just been switched on; while the app runs these would be faults. */
const NOT_UP_YET = new Set(['EAI_AGAIN', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'])

/**
 * Does `open` as soon as the database can be reached, looking about every second and saying why it waits. Throws what
 * waiting does not mend: a wrong password, an unknown database. A look may be broken off at any moment, `open` decides
 * for itself.
 */
export async function whenReachable<T>(
  addresses: Addresses,
  say: (line: string) => void,
  open: () => Promise<T>,
): Promise<T> {
  let saidAt = Number.NEGATIVE_INFINITY
  let isTold = false
  for (;;) {
    const lookedAt = performance.now()
    try {
      await look(addresses)
      if (isTold) say(`Basis data di ${placeOf(addresses.url)} terjangkau.`)
      isTold = false
      return await open()
    } catch (error) {
      if (!isAway(error)) throw error
      if (performance.now() - saidAt >= REPEAT_MS) {
        say(
          `Menunggu basis data di ${placeOf(addresses.url)}: belum terjangkau (${reasonOf(error)}).`,
        )
        saidAt = performance.now()
        isTold = true
      }
    }
    await Bun.sleep(Math.max(0, lookedAt + EVERY_MS - performance.now()))
  }
}

/** Without the database: the app's account may have no right in it before the migrations. */
async function look({ url, migrationUrl }: Addresses): Promise<void> {
  for (const address of migrationUrl === undefined ? [url] : [migrationUrl, url]) {
    const { database: _, ...options } = connectionOptions(address)
    const connection = await createConnection({ ...options, connectTimeout: ATTEMPT_MS })
    connection.destroy()
  }
}

const isAway = (error: unknown): boolean => isDatabaseAway(error) || NOT_UP_YET.has(codeOf(error))

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const reasonOf = (error: unknown): string =>
  codeOf(error) || (error instanceof Error ? error.message : String(error))

/** Where, without the name and the password. */
function placeOf(url: string): string {
  const { socketPath, host, port } = connectionOptions(url)
  return socketPath ?? `${host}:${port}`
}
