import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { can, isAllowed } from '#src/auth/permissions.ts'
import type { LocationToday } from '#src/dashboard/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import type { Env } from '#src/http/route.ts'
import { earliestForClerk } from '#src/ledger/refusals.ts'
import { wallClock } from '#src/units/business-day.ts'
import type { EntryFormKind, EntryFormProps } from '#views/stock/entry-form.tsx'
import type { Question } from '#views/stock/unusual-question.tsx'

/** What a form is filled with; nothing for a fresh one. */
export type Answered = {
  /** What was typed, or what the address carries. */
  typed?: Record<string, string>
  errors?: Record<string, string>
  question?: Question | null
}

type Filled = Answered & {
  kind: EntryFormKind
  locations: LocationToday[]
  isCompact?: boolean
}

/** The form for one booking. A refused one keeps its key, so that sending it again cannot book twice. */
export function entryForm(
  c: Context<Env>,
  { kind, locations, typed = {}, errors = {}, question = null, isCompact = false }: Filled,
): EntryFormProps {
  const system = c.get('system')
  const actor = actorOf(c)
  const zone = system.config.timezone
  const now = system.now()
  const isFree = isAllowed(can.backdateFreely, actor)
  const only = locations.length === 1 ? locations[0]?.code : undefined
  return {
    action: kind === 'usage' ? '/stock/out' : '/stock/in',
    formToken: c.get('formToken'),
    requestId: typed.requestId || randomUUID(),
    kind,
    locations,
    hasFixedLocation: actor.role === 'operasional',
    values: {
      amount: typed.amount ?? '',
      location: typed.location || actor.location?.code || only || '',
      occurredAt: typed.occurredAt ?? '',
      notes: typed.notes ?? '',
      reference: typed.reference ?? '',
      consumer: typed.consumer ?? '',
    },
    errors,
    question,
    earliest: isFree ? undefined : wallClock(earliestForClerk(now, zone), zone),
    latest: wallClock(now, zone),
    isCompact,
  }
}
