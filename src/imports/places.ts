import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'
import type { RowAdvice } from '#src/imports/problems.ts'
import { LocationInput } from '#src/locations/input.ts'
import type { Litres } from '#src/units/litres.ts'

/** A location that a file names. */
export type Place = {
  /** Its number within the file, from 1: one that is yet to be made has no id. */
  key: number
  code: string
  /** Null where the import will make it. */
  id: number | null
  capacityLitres: Litres | null
  /** Its earliest row in the file. */
  firstAt: Date | null
}

/** The locations of a file, by their codes. */
export type Places = {
  /** Those that the file has named so far, by their keys. */
  named: Place[]
  /** The place of a cell, or the sentence of what is wrong with it. */
  find(cell: string): Place | { problem: string; advice?: RowAdvice }
}

/** A column of notes taken for locations would otherwise make thousands of them. */
const MAX_NEW = 100

export async function loadPlaces(
  db: Db,
  { createLocations }: { createLocations: boolean },
): Promise<Places> {
  const known = new Map((await db.select().from(locations)).map((row) => [row.code, row]))
  const byCode = new Map<string, Place>()
  const named: Place[] = []
  let made = 0

  const add = (code: string, row?: typeof locations.$inferSelect): Place => {
    const place = {
      key: named.length + 1,
      code,
      id: row?.id ?? null,
      capacityLitres: row?.capacityLitres ?? null,
      firstAt: null,
    }
    named.push(place)
    byCode.set(code, place)
    return place
  }

  const find = (cell: string) => {
    const code = cell.trim().toUpperCase()
    const place = byCode.get(code)
    if (place) return place
    const row = known.get(code)
    if (row) return row.active ? add(code, row) : { problem: 'Lokasi ini sudah nonaktif.' }
    if (code === '') return { problem: 'Isi kode lokasi.' }
    if (!createLocations)
      return { problem: 'Lokasi tidak dikenal.', advice: 'create-locations' as const }
    const parsed = LocationInput.safeParse({ code, name: code })
    if (!parsed.success)
      return { problem: parsed.error.issues[0]?.message ?? 'Kode lokasi tidak bisa dipakai.' }
    if (made >= MAX_NEW)
      return { problem: `Satu berkas membuat paling banyak ${MAX_NEW} lokasi baru.` }
    made++
    return add(code)
  }
  return { named, find }
}
