import type { Context } from 'hono'
import { readAccesses } from '#src/audit/access.ts'
import { readChanges } from '#src/audit/changes.ts'
import { AccessFilter, ChangeFilter } from '#src/audit/input.ts'
import { readChains } from '#src/audit/queries.ts'
import { seesAdministration } from '#src/audit/reach.ts'
import { deviceOf } from '#src/auth/devices.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { readChoices } from '#src/history/choices.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput, readTyped } from '#src/http/input.ts'
import type { Env } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
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
  const asked = await readAsked(c, () => readInput(c, 'query', ChangeFilter))
  const { filter, typed, status } = asked
  const { changes, chains, people, ...turn } = await inSnapshot(system.db, async (snapshot) => ({
    ...(filter
      ? await readChanges(snapshot, actor, { filter, limit: LIMIT, zone })
      : { ...NOTHING, changes: [] }),
    chains: await readChains(snapshot, actor, zone),
    people: (await readChoices(snapshot, actor)).people,
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
  const asked = await readAsked(c, () => readInput(c, 'query', AccessFilter))
  const { filter, typed, status } = asked
  const { accesses, people, ...turn } = await inSnapshot(system.db, async (snapshot) => ({
    ...(filter
      ? await readAccesses(snapshot, { filter, limit: LIMIT, zone })
      : { ...NOTHING, accesses: [] }),
    people: (await readChoices(snapshot, actorOf(c))).people,
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

type Asked<Filter> = {
  /** Null where something is wrong with it. */
  filter: Filter | null
  typed: Record<string, string>
  errors: Record<string, string>
  status: 200 | 422
}

async function readAsked<Filter>(
  c: Context<Env>,
  read: () => Promise<Filter>,
): Promise<Asked<Filter>> {
  const typed = await readTyped(c)
  try {
    return { filter: await read(), typed, errors: {}, status: 200 }
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    return { filter: null, typed, errors: error.details, status: 422 }
  }
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
