import type { Actor } from '#src/auth/permissions.ts'
import { openDatabase } from '#src/database/client.ts'
import type { PlaceVerdict } from '#src/imports/booking.ts'
import type { Draft, DraftOutcome, PlaceOutcome, Shortage } from '#src/imports/draft.ts'
import { findDraft, pathOf, removeFile, saveDraft } from '#src/imports/drafts.ts'
import type { Breach, RowProblem } from '#src/imports/problems.ts'
import { type ImportResult, importFile } from '#src/imports/service.ts'
import { OpenStyle } from '#src/imports/style.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { formatClock, wallClock } from '#src/units/business-day.ts'

/** A person and a browser wait for the answer; a hundred thousand rows take some ten seconds. */
const MAX_ROWS = 100_000
/** Bad rows that are kept and shown. All are counted. */
const MAX_SHOWN = 200

type Work = { draftId: string; isBooking: boolean; by: string; since: Date; done: Promise<Draft> }

let underWay: Work | null = null

/** The draft that is being read right now. */
export const busyDraftId = (): string | null => underWay?.draftId ?? null

/**
 * Finds out what booking a draft would do, and keeps it with the draft. Throws Rejected 409 while another file is being
 * read: each takes a connection, memory and a core of the machine.
 */
export function checkDraft(system: System, actor: Actor, draft: Draft): Promise<Draft> {
  return takeTurn(system, actor, draft, { isBooking: false })
}

/**
 * Books a draft as its owner saw it. A second call while the first is under way waits for it, a later one finds it
 * booked: then `isRepeat`. Where the books have changed so that it cannot be booked, the draft says why. Throws
 * Rejected 409 where the person has seen an older state of it, or another file is being read.
 */
export async function bookDraft(
  system: System,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
): Promise<{ draft: Draft; isRepeat: boolean }> {
  const draft = await findDraft(system, actor, id)
  if (underWay?.draftId === id && underWay.isBooking)
    return { draft: await underWay.done, isRepeat: true }
  if (draft.outcome.state === 'booked') return { draft, isRepeat: true }
  if (draft.revision !== revision || draft.outcome.state !== 'ready')
    throw new Rejected(
      409,
      'Berkas ini sudah diperiksa lagi sejak halaman dibuka. Lihat hasil terakhirnya, lalu bukukan.',
    )
  return { draft: await takeTurn(system, actor, draft, { isBooking: true }), isRepeat: false }
}

async function takeTurn(
  system: System,
  actor: Actor,
  draft: Draft,
  { isBooking }: { isBooking: boolean },
): Promise<Draft> {
  if (underWay) throw busy(underWay, system.config.timezone)
  const done = readFile(system, actor, draft, isBooking)
  underWay = { draftId: draft.id, isBooking, by: actor.name, since: system.now(), done }
  try {
    return await done
  } finally {
    underWay = null
  }
}

async function readFile(
  system: System,
  actor: Actor,
  draft: Draft,
  isBooking: boolean,
): Promise<Draft> {
  const outcome = await importDraft(system, actor, draft, isBooking)
  const changed = await saveDraft(system, { ...draft, revision: draft.revision + 1, outcome })
  if (outcome.state === 'booked') await removeFile(system, draft)
  return changed
}

async function importDraft(
  system: System,
  actor: Actor,
  { id, fileName, chosen }: Draft,
  isBooking: boolean,
): Promise<DraftOutcome> {
  const shown: RowProblem[] = []
  const { decimal, dates, ...others } = chosen
  // The server's own connections break a statement that is silent for long, as those of an import may be.
  const database = openDatabase(system.config.databaseUrl)
  try {
    const result = await importFile({ system, database }, actor, {
      ...others,
      decimal: decimal ?? undefined,
      dates: dates ?? undefined,
      path: pathOf(system, id),
      fileName,
      dryRun: !isBooking,
      maxRows: MAX_ROWS,
      report: (problem) => {
        if (problem.kind === 'row' && shown.length < MAX_SHOWN) shown.push(problem)
      },
    })
    return outcomeOf(result, { shown, isBooking, zone: system.config.timezone })
  } catch (error) {
    if (error instanceof OpenStyle)
      return { state: 'question', asks: error.asks, sentence: error.question }
    if (error instanceof Rejected) return { state: 'refused', sentence: error.message }
    throw error
  } finally {
    await database.close()
  }
}

function outcomeOf(
  { outcome, rows, problems, booked, skipped, places }: ImportResult,
  { shown, isBooking, zone }: { shown: RowProblem[]; isBooking: boolean; zone: string },
): DraftOutcome {
  if (shown.length > 0) return { state: 'wrong', rows, problems, shown }
  const counted = { rows, booked, skipped, places: places.map((one) => placeOf(one, zone)) }
  if (outcome === 'refused') return { state: 'short', ...counted }
  return { state: isBooking ? 'booked' : 'ready', ...counted }
}

function placeOf({ place, breach, ...figures }: PlaceVerdict, zone: string): PlaceOutcome {
  const { code, id } = place
  return { ...figures, code, isNew: id === null, shortage: breach && shortageOf(breach, zone) }
}

function shortageOf({ at, line, entryId, missing, cure }: Breach, zone: string): Shortage {
  return {
    ...{ line, entryId, missing, clock: wallClock(at, zone) },
    opening: 'opening' in cure ? cure.opening : null,
    moreThanBooked: 'opening' in cure ? null : cure.moreThanBooked,
  }
}

function busy({ by, since }: Work, zone: string): Rejected {
  const clock = formatClock(wallClock(since, zone))
  return new Rejected(
    409,
    `Impor lain sedang berjalan (${by}, sejak pukul ${clock}). Tunggu sampai selesai, lalu coba lagi.`,
  )
}
