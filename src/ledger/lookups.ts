import { and, eq } from 'drizzle-orm'
import { type Actor, mayReach } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { consumers } from '#src/database/schema/locations.ts'
import { findAndLock, type LockedLocation } from '#src/ledger/locked.ts'
import { forbidden, Rejected } from '#src/rejected.ts'
import type { Day } from '#src/units/business-day.ts'

/** The code of the location a person named, or of a clerk's own. Throws Rejected where it is none of theirs. */
export function namedLocation(actor: Actor, named: string | undefined): string {
  const code = named ?? actor.location?.code
  if (code === undefined) throw new Rejected(422, 'Pilih lokasi.', { location: 'Pilih lokasi.' })
  if (!mayReach(actor, code)) throw forbidden('Anda hanya bekerja di lokasi Anda sendiri.')
  return code
}

/** Locks a location to book there on a day or later. Throws Rejected where nothing can be. */
export async function lockToBook(
  tx: Db,
  place: { code: string; from: Day },
  zone: string,
): Promise<LockedLocation> {
  const location = await findAndLock(tx, place, zone)
  if (location?.active) return location
  const sentence = location ? 'Lokasi ini sudah nonaktif.' : 'Lokasi tidak dikenal.'
  throw new Rejected(422, sentence, { location: sentence })
}

/** The genset or tug of this name, or null for none. Throws Rejected where the location has no such active one. */
export async function findConsumerId(
  tx: Db,
  locationId: number,
  name: string | null,
): Promise<number | null> {
  if (name === null) return null
  const [consumer] = await tx
    .select({ id: consumers.id, name: consumers.name })
    .from(consumers)
    .where(
      and(
        eq(consumers.locationId, locationId),
        eq(consumers.name, name),
        eq(consumers.active, true),
      ),
    )
  // The database takes "genset 1" for "Genset 1"; the entry would then be answered with a name that nobody has.
  if (consumer?.name === name) return consumer.id
  throw new Rejected(422, 'Pilih dari daftar lokasi ini.', {
    consumer: 'Pilih dari daftar lokasi ini.',
  })
}
