import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { findCorrection } from '#src/corrections/queries.ts'
import { findVisibleEntry } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import type { Env } from '#src/http/route.ts'
import { listLocations } from '#src/locations/queries.ts'
import { CorrectedStatus, type CorrectedStatusProps } from '#views/corrections/corrected-status.tsx'

/** An address that is kept and opened again later has nothing new to tell. */
const SHOWN_FOR_MS = 3_600_000

export type Announced = { status: Child; newEntryIds: number[] }

/** After a plain form the history says what was corrected; the address carries the number of the reversal. */
export async function announceCorrection(c: Context<Env>): Promise<Announced> {
  const nothing = { status: null, newEntryIds: [] }
  const id = Number(c.req.query('reversal'))
  if (!Number.isSafeInteger(id) || id < 1) return nothing
  const { db, now, config } = c.get('system')
  const reversal = await findVisibleEntry(db, actorOf(c), { id, zone: config.timezone })
  if (!reversal || now().getTime() - reversal.recordedAt.getTime() > SHOWN_FOR_MS) return nothing
  return describeCorrection(c, reversal.reversesId, { isRepeated: c.req.query('again') === '1' })
}

/** What is said of a correction, and the rows that it booked. */
export async function describeCorrection(
  c: Context<Env>,
  originalId: number | null,
  how: Pick<CorrectedStatusProps, 'isRepeated' | 'isOutOfBand'>,
): Promise<Announced> {
  const { db, config } = c.get('system')
  const actor = actorOf(c)
  const zone = config.timezone
  const correction = await findCorrection(db, zone, originalId)
  const original =
    correction && (await findVisibleEntry(db, actor, { id: correction.originalId, zone }))
  if (!original) return { status: null, newEntryIds: [] }
  const { reversal, replacement } = correction
  const location = (await listLocations(db, actor)).find(({ code }) => code === original.location)
  const balance = location?.balance ?? reversal.balanceAfter
  return {
    status: (
      <CorrectedStatus original={original} correction={correction} balance={balance} {...how} />
    ),
    newEntryIds: [reversal, replacement].flatMap((entry) => entry?.id ?? []),
  }
}
