import { createHash } from 'node:crypto'
import type { Connection } from 'mysql2/promise'
import type { Place } from '#src/imports/places.ts'
import type { ImportRow } from '#src/imports/rows.ts'
import { businessDay } from '#src/units/business-day.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

const MINUTE = 60_000
const BATCH_ROWS = 1_000

/** Sorts the opening stock of a location before every row of a file. */
const OPENING_RANK = -2_147_000_000

/** The marks of imported rows hold a space, which no key of a request may. */
const MARK = 'impor '

/**
 * The rows of a file on their way into the books. Seen by this connection alone and gone with it, so that staging
 * locks nothing. `file_rank` is the order of the rows within a minute: the line, negative where the newest comes first.
 */
const TABLES = [
  `CREATE TEMPORARY TABLE import_rows (
     place INT NOT NULL,
     occurred_at DATETIME NOT NULL,
     file_rank INT NOT NULL,
     business_day DATE NOT NULL,
     type VARCHAR(3) NOT NULL,
     kind VARCHAR(16) NOT NULL,
     litres DECIMAL(12,2) NOT NULL,
     notes VARCHAR(500),
     reference VARCHAR(100),
     request_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
     PRIMARY KEY (place, occurred_at, file_rank)
   ) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
  `CREATE TEMPORARY TABLE import_repeats (
     place INT NOT NULL,
     occurred_at DATETIME NOT NULL,
     file_rank INT NOT NULL,
     number INT NOT NULL,
     PRIMARY KEY (place, occurred_at, file_rank)
   )`,
  'CREATE TEMPORARY TABLE import_overfull (file_rank INT NOT NULL PRIMARY KEY)',
]

export async function createStaging(connection: Connection): Promise<void> {
  for (const table of TABLES) await connection.query(table)
}

/** Collects rows and stages them by the thousand, one batch on its way while the next is collected. */
export function startStaging(
  connection: Connection,
  { zone, isNewestFirst }: { zone: string; isNewestFirst: boolean },
) {
  let batch: unknown[][] = []
  let onItsWay: Promise<unknown> = Promise.resolve()

  const send = async () => {
    const rows = batch
    batch = []
    await onItsWay
    if (rows.length > 0) onItsWay = connection.query('INSERT INTO import_rows VALUES ?', [rows])
    // The failure is thrown by the await before the next batch; until then it is nobody's.
    onItsWay.catch(() => {})
  }

  return {
    async add({ line, at, type, place, litres, notes, reference }: ImportRow): Promise<void> {
      const kind = type === 'IN' ? 'delivery' : 'usage'
      const minute = at.toISOString()
      const rank = isNewestFirst ? -line : line
      const mark = markOf([minute, type, place.code, litres, notes, reference, 1])
      const time = sqlTime(minute)
      const day = businessDay(at, zone)
      batch.push([place.key, time, rank, day, type, kind, litres, notes, reference, mark])
      if (batch.length === BATCH_ROWS) await send()
    },
    /** The stock that was there one minute before the location's first row of the file. */
    async addOpening(place: Place, firstAt: Date, litres: Litres): Promise<void> {
      const at = new Date(firstAt.getTime() - MINUTE)
      const amount = toDecimal(litres)
      const mark = openingMark(place.code, litres)
      const time = sqlTime(at.toISOString())
      const rank = OPENING_RANK + place.key
      const day = businessDay(at, zone)
      batch.push([place.key, time, rank, day, 'IN', 'opening', amount, null, null, mark])
      await send()
    },
    /** Waits for the last batch and tells identical rows apart. */
    async finish(): Promise<void> {
      await send()
      await onItsWay
      await numberRepeats(connection)
    },
  }
}

/** The time is left out: a file that has grown at its beginning must not book its opening stock again. */
export const openingMark = (code: string, litres: Litres): string =>
  markOf(['opening', code, toDecimal(litres)])

/** Rows are hashed as the first of their kind; the second, third … among identical ones get a hash with their number. */
async function numberRepeats(connection: Connection): Promise<void> {
  await connection.query(
    `INSERT INTO import_repeats
     SELECT place, occurred_at, file_rank, number FROM (
       SELECT place, occurred_at, file_rank,
         ROW_NUMBER() OVER (PARTITION BY place, occurred_at, request_id ORDER BY file_rank) AS number
       FROM import_rows
     ) AS numbered WHERE number > 1`,
  )
  await connection.query(
    `UPDATE import_rows JOIN import_repeats USING (place, occurred_at, file_rank)
     SET request_id = CONCAT('${MARK}', SHA2(CONCAT(request_id, ' ', number), 256))`,
  )
}

const markOf = (fields: unknown[]): string =>
  MARK + createHash('sha256').update(JSON.stringify(fields)).digest('hex')

const sqlTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
