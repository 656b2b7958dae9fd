import { eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'

/** A location by its code, or what speaks against it. */
export type Workplace = { id: number } | { problem: string }

/** The location at which somebody, or a program, is to work: one that is in use, unless another may be kept. */
export async function findWorkplace(
  db: Db,
  code: string,
  { mayBeInactive = false } = {},
): Promise<Workplace> {
  const [found] = await db
    .select({ id: locations.id, active: locations.active })
    .from(locations)
    .where(eq(locations.code, code))
  if (!found) return { problem: 'Lokasi tidak dikenal.' }
  const isGood = found.active || mayBeInactive
  return isGood ? { id: found.id } : { problem: 'Lokasi ini sudah nonaktif.' }
}
