import { sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { grown, incoming } from '#src/database/upsert.ts'
import { overfullRows } from '#src/imports/tables.ts'
import type { DayFigures, DayRows } from '#src/ledger/rules.ts'
import type { Day } from '#src/units/business-day.ts'

const WRITTEN_AT_ONCE = 500

/** The figures are those of books and file together; the rows are the file's, which come to those of the books. */
const NEW_FIGURES = {
  net: incoming('net'),
  litresIn: incoming('litres_in'),
  litresOut: incoming('litres_out'),
  entriesIn: incoming('entries_in'),
  entriesOut: incoming('entries_out'),
  lowest: incoming('lowest'),
  highest: incoming('highest'),
  rowsIn: grown('rows_in'),
  rowsOut: grown('rows_out'),
  lastAt: sql.raw('greatest(coalesce(last_at, values(last_at)), values(last_at))'),
}

/** Writes days and marks of one location by the hundred, so that neither memory nor trips grow with the file. */
export function startWriting(tx: Db, locationId: number) {
  let days: (typeof locationDays.$inferInsert)[] = []
  let ranks: { fileRank: number }[] = []

  const writeDays = async () => {
    if (days.length > 0)
      await tx.insert(locationDays).values(days).onDuplicateKeyUpdate({ set: NEW_FIGURES })
    days = []
  }
  const writeRanks = async () => {
    if (ranks.length > 0) await tx.insert(overfullRows).values(ranks)
    ranks = []
  }

  return {
    async addDay(businessDay: Day, figures: DayFigures, newRows: DayRows): Promise<void> {
      days.push({ locationId, businessDay, ...figures, ...newRows })
      if (days.length === WRITTEN_AT_ONCE) await writeDays()
    },
    /** Marks a row that takes the location over its capacity. */
    async addOverfull(fileRank: number): Promise<void> {
      ranks.push({ fileRank })
      if (ranks.length === WRITTEN_AT_ONCE) await writeRanks()
    },
    async finish(): Promise<void> {
      await writeDays()
      await writeRanks()
    },
  }
}
