import { hash } from 'node:crypto'
import type { Connection } from 'mysql2/promise'
import { openingTime } from '#src/imports/openings.ts'
import type { Place } from '#src/imports/places.ts'
import type { ImportRow } from '#src/imports/rows.ts'
import { businessDay } from '#src/units/business-day.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

const BATCH_ROWS = 500

/** Sorts the opening stock of a location before every row of a file. */
const OPENING_RANK = -2_147_000_000

/** The marks of imported rows hold a space, which no key of a request may. */
const MARK = 'impor '

/** Collects rows and stages them by the hundred, one batch on its way while the next is collected. */
export function openStage(
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
    /** Takes a row in; answers whether it is time to send. Not a promise: there may be millions of rows. */
    add({ line, at, type, kind, place, litres, notes, reference }: ImportRow): boolean {
      const minute = at.toISOString()
      const rank = isNewestFirst ? -line : line
      const mark = markOf([minute, type, place.code, litres, notes, reference, 1])
      const time = sqlTime(minute)
      const day = businessDay(at, zone)
      batch.push([place.key, time, rank, day, type, kind, litres, notes, reference, mark])
      return batch.length >= BATCH_ROWS
    },
    send,
    async addOpening(opened: { place: Place; firstAt: Date }, litres: Litres): Promise<void> {
      const { place, firstAt } = opened
      const at = openingTime(firstAt)
      const amount = toDecimal(litres)
      // The time is left out: a file that has grown at its beginning must not book its opening stock again.
      const mark = markOf(['opening', place.code, amount])
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
    `UPDATE import_repeats AS again STRAIGHT_JOIN import_rows AS r
       ON r.place = again.place AND r.occurred_at = again.occurred_at AND r.file_rank = again.file_rank
     SET r.request_id = CONCAT('${MARK}', SHA2(CONCAT(r.request_id, ' ', again.number), 256))`,
  )
}

const markOf = (fields: unknown[]): string => MARK + hash('sha256', JSON.stringify(fields))

const sqlTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ')
