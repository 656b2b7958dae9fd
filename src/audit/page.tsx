import type { Context } from 'hono'
import { readAccesses } from '#src/audit/access.ts'
import { readChanges } from '#src/audit/changes.ts'
import { AccessFilter, ChangeFilter } from '#src/audit/input.ts'
import { readChains, readPeople } from '#src/audit/queries.ts'
import { seesAdministration } from '#src/audit/reach.ts'
import { deviceOf } from '#src/auth/devices.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { actorOf } from '#src/http/actor.ts'
import { type Asked, readAsked } from '#src/http/asked.ts'
import type { Env } from '#src/http/route.ts'
import { businessDay, zoneLabel } from '#src/units/business-day.ts'
import { AccessPage } from '#views/audit/access-page.tsx'
import { AuditPage } from '#views/audit/audit-page.tsx'

/** Rows a page: a trail is read at length. */
const LIMIT = 50

const NOTHING = { newer: null, older: null, searchedUntil: null }

/** The changes under the filter of the address, or what is wrong with the filter. */
export async function changesContent(c: Context<Env>) {
  const system = c.get('system')
  const zone = system.config.timezone
  const actor = actorOf(c)
  const asked = await readAsked(c, ChangeFilter)
  const { filter, typed, status } = asked
  const { changes, chains, people, ...turn } = await inSnapshot(system.db, async (snapshot) => ({
    ...(filter
      ? await readChanges(snapshot, actor, { filter, limit: LIMIT, zone })
      : { ...NOTHING, changes: [] }),
    chains: await readChains(snapshot, actor, zone),
    people: await readPeople(snapshot),
  }))
  const { values, ...shown } = shownOf(c, asked)
  const { thing = '', number = '', chain = '' } = typed
  const content = (
    <AuditPage
      {...shown}
      filter={{ ...values, thing, number, chain }}
      changes={changes}
      chains={chains}
      people={people}
      turn={turn}
      seesAdministration={seesAdministration(actor)}
    />
  )
  return { content, status }
}

/** The same of sign-ins and refusals. */
export async function accessContent(c: Context<Env>) {
  const system = c.get('system')
  const zone = system.config.timezone
  const asked = await readAsked(c, AccessFilter)
  const { filter, typed, status } = asked
  const { accesses, people, ...turn } = await inSnapshot(system.db, async (snapshot) => ({
    ...(filter
      ? await readAccesses(snapshot, { filter, limit: LIMIT, zone })
      : { ...NOTHING, accesses: [] }),
    people: await readPeople(snapshot),
  }))
  const { values, ...shown } = shownOf(c, asked)
  const content = (
    <AccessPage
      {...shown}
      filter={{ ...values, address: typed.address ?? '' }}
      accesses={accesses.map((one) => ({ ...one, device: deviceOf(one.userAgent) }))}
      people={people}
      turn={turn}
    />
  )
  return { content, status }
}

/** What both lists show beside their rows. */
function shownOf(c: Context<Env>, { filter, typed, errors }: Asked<ChangeFilter | AccessFilter>) {
  const { now, config } = c.get('system')
  const zone = config.timezone
  const { user = '', action = '', before = '', after = '' } = typed
  const { startDate = typed.startDate ?? '', endDate = typed.endDate ?? '' } = filter ?? {}
  return {
    values: { user, action, startDate, endDate },
    errors,
    place: { before, after },
    today: businessDay(now(), zone),
    zoneLabel: zoneLabel(zone),
  }
}
