import type { Context } from 'hono'
import { findCorrectable } from '#src/corrections/offer.ts'
import { depotClock } from '#src/dashboard/clock.ts'
import { type Answered, entryForm } from '#src/dashboard/entry-form.ts'
import { readLocationsToday, readOwnLastEntries } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import type { Env } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { businessDay } from '#src/units/business-day.ts'
import { ClerkPage } from '#views/dashboard/clerk-page.tsx'

const OWN_ENTRIES = 5

/** A clerk's home; with what was typed and what is wrong with it where the usage form was refused. */
export async function clerkDesk(
  c: Context<Env>,
  { version, ...refused }: Answered & { version?: string } = {},
) {
  const actor = actorOf(c)
  const { db, now, config } = c.get('system')
  const locations = await readLocationsToday(db, actor, { now: now(), zone: config.timezone })
  const [location] = locations
  if (!location) throw new Rejected(403, 'Lokasi Anda sedang nonaktif. Hubungi admin depo.')
  const { entries, correctable } = await ownLastEntries(c)
  return (
    <ClerkPage
      personName={actor.name}
      clock={depotClock(c.get('system'))}
      location={location}
      form={entryForm(c, { kind: 'usage', locations, isCompact: true, ...refused })}
      entries={entries}
      newEntryId={Number(c.req.query('booked')) || undefined}
      correctable={correctable}
      version={version}
    />
  )
}

/** What stands under the form. */
export async function ownLastEntries(c: Context<Env>) {
  const { db, now, config } = c.get('system')
  const actor = actorOf(c)
  const entries = await readOwnLastEntries(db, actor, config.timezone, OWN_ENTRIES)
  return {
    heading: 'Lima catatan terakhir',
    today: businessDay(now(), config.timezone),
    entries,
    correctable: findCorrectable(actor, entries, now()),
    showLocation: false,
  }
}
