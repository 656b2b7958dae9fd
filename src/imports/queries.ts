import { desc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '#src/database/client.ts'
import { systemLogs } from '#src/database/schema/audit.ts'
import { imports } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import { type WallClock, wallClock } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/** A file that was brought into the books. */
export type PastImport = {
  id: number
  fileName: string
  clock: WallClock
  by: string
  /** Null where the audit trail of an older version does not say. */
  booked: { rows: number; litresIn: Litres; litresOut: Litres } | null
}

const Booked = z.object({
  rows: z.number(),
  litresIn: z.string().transform((text): Litres => parseDecimal(text)),
  litresOut: z.string().transform((text): Litres => parseDecimal(text)),
})

/** The newest first. What was booked is read from the audit trail: to count the entries would take their number. */
export async function listImports(
  db: Db,
  { limit, zone }: { limit: number; zone: string },
): Promise<PastImport[]> {
  const files = await db
    .select({
      id: imports.id,
      fileName: imports.fileName,
      at: imports.recordedAt,
      by: users.name,
    })
    .from(imports)
    .innerJoin(users, eq(users.id, imports.userId))
    .orderBy(desc(imports.id))
    .limit(limit)
  if (files.length === 0) return []
  const changes = await db
    .select({ subject: systemLogs.subject, after: systemLogs.after })
    .from(systemLogs)
    .where(
      inArray(
        systemLogs.subject,
        files.map(({ id }) => subjectOf(id)),
      ),
    )
  const booked = new Map(changes.map(({ subject, after }) => [subject, readBooked(after)]))
  return files.map(({ at, ...file }) => ({
    ...file,
    clock: wallClock(at, zone),
    booked: booked.get(subjectOf(file.id)) ?? null,
  }))
}

const subjectOf = (id: number): string => `import:${id}`

const readBooked = (after: string | null): PastImport['booked'] =>
  Booked.safeParse(JSON.parse(after ?? 'null')).data ?? null
