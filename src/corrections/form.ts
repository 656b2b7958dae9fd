import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { previewCorrection } from '#src/corrections/preview.ts'
import { findCorrection, findOwnCorrection } from '#src/corrections/queries.ts'
import { findVisibleEntry } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { isFragment } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { checkCorrectable, loadCorrectable } from '#src/ledger/correctable.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { listLocations } from '#src/locations/queries.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { wallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import type { CorrectionFormProps, CorrectionValues } from '#views/corrections/correction-form.tsx'
import type { CorrectionContent } from '#views/corrections/correction-page.tsx'
import type { Question } from '#views/stock/unusual-question.tsx'

export type Filled = {
  /** What was typed, or what the address carries; a fresh form says what the entry says. */
  typed: Record<string, string>
  isInline: boolean
  errors?: Record<string, string>
  question?: Question | null
}

/**
 * The form of an entry's correction, or what was done to it before.
 * Throws Rejected 404 where the person may not see the entry, and 403 where they may not correct it.
 */
export async function correctionContent(
  c: Context<Env>,
  entryId: number,
  filled: Filled,
): Promise<{ entry: EntryView } & CorrectionContent> {
  const system = c.get('system')
  const { db, config } = system
  const actor = actorOf(c)
  const found = await loadCorrectable(db, actor, entryId)
  const entry = await findVisibleEntry(db, actor, { id: entryId, zone: config.timezone })
  if (!entry) throw notFound()
  try {
    checkCorrectable(found, actor, system.now())
    return { entry, form: await correctionForm(c, entry, filled) }
  } catch (error) {
    if (!(error instanceof Rejected) || error.status === 403) throw error
    const correction =
      (await findCorrection(db, config.timezone, entry.id)) ??
      (await findOwnCorrection(db, config.timezone, entry))
    if (!correction) throw error
    const { typed, isInline, errors } = filled
    const filter = typed.filter ?? ''
    const isRefusal = errors !== undefined
    return { entry, settled: { entry, correction, filter, isInline, isRefusal } }
  }
}

/** A refused form keeps its key, so that sending it again cannot book twice. */
async function correctionForm(
  c: Context<Env>,
  entry: EntryView,
  { typed, isInline, errors = {}, question = null }: Filled,
): Promise<CorrectionFormProps> {
  const system = c.get('system')
  const actor = actorOf(c)
  const values = valuesOf(entry, typed)
  const locations = await listLocations(system.db, actor)
  return {
    entry,
    formToken: c.get('formToken'),
    requestId: typed.requestId || randomUUID(),
    filter: typed.filter ?? '',
    isInline,
    values,
    errors,
    question,
    consumers: locations.find(({ code }) => code === entry.location)?.consumers ?? [],
    latest: wallClock(system.now(), system.config.timezone),
    hasPreviewButton: !isFragment(c),
    preview: await previewCorrection(system, actor, { entry, values }),
  }
}

function valuesOf(entry: EntryView, typed: Record<string, string>): CorrectionValues {
  const fresh: CorrectionValues = {
    reason: typed.reason ?? '',
    mode: typed.mode === 'reverse' ? 'reverse' : 'replace',
    amount: formatLitres(entry.litres),
    consumer: entry.consumer ?? '',
    occurredAt: entry.occurredClock,
    reference: entry.reference ?? '',
    notes: entry.notes ?? '',
  }
  if (typed.mode === undefined) return fresh
  return {
    ...fresh,
    amount: typed['replacement.amount'] ?? '',
    consumer: typed['replacement.consumer'] ?? fresh.consumer,
    occurredAt: typed['replacement.occurredAt'] ?? '',
    reference: typed['replacement.reference'] ?? '',
    notes: typed['replacement.notes'] ?? '',
  }
}
