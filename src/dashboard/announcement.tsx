import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { findVisibleEntry } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import type { Env } from '#src/http/route.ts'
import { listLocations } from '#src/locations/queries.ts'
import { BookedStatus } from '#views/stock/booked-status.tsx'

/** An address that is kept and opened again later has nothing new to tell. */
const SHOWN_FOR_MS = 3_600_000

/** After a plain form the page that follows says what was booked; the address carries the entry's number. */
export async function announceBooking(c: Context<Env>): Promise<Child> {
  const id = Number(c.req.query('booked'))
  if (!Number.isSafeInteger(id) || id < 1) return null
  const system = c.get('system')
  const { db, config } = system
  const actor = actorOf(c)
  const entry = await findVisibleEntry(db, actor, { id, zone: config.timezone })
  if (!entry || system.now().getTime() - entry.recordedAt.getTime() > SHOWN_FOR_MS) return null
  const location = (await listLocations(db, actor)).find(({ code }) => code === entry.location)
  return (
    <BookedStatus
      kind={entry.kind}
      litres={entry.litres}
      balance={location?.balance ?? entry.balanceAfter}
      clock={entry.recordedClock}
      isRepeated={c.req.query('again') === '1'}
    />
  )
}
