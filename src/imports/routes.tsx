import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { actorOf } from '#src/http/actor.ts'
import { parseInput, readTyped } from '#src/http/input.ts'
import { redirect } from '#src/http/render.tsx'
import { type Env, type Returned, route } from '#src/http/route.ts'
import { bookDraft, busyDraftId, checkDraft } from '#src/imports/desk.ts'
import type { Draft } from '#src/imports/draft.ts'
import { findDraft, keepUpload, removeDraft } from '#src/imports/drafts.ts'
import { gatherOpenings, TypedChoice } from '#src/imports/input.ts'
import { showDraft, showImports } from '#src/imports/page.tsx'
import { type RefusalStatus, Rejected } from '#src/rejected.ts'
import { previewHref } from '#views/imports/paths.ts'

const MAX_UPLOAD_BYTES = 64 * 1024 * 1024

export const importRoutes = [
  route('GET', '/imports', can.importBooks, (c) => showImports(c)),

  route(
    'POST',
    '/imports/previews',
    can.importBooks,
    (c) => (c.get('upload') ? upload(c) : choose(c)),
    { maxUploadBytes: MAX_UPLOAD_BYTES, refill: refillPreview },
  ),

  route('GET', '/imports/previews/:id', can.importBooks, async (c) => {
    const system = c.get('system')
    try {
      const draft = await findDraft(system, actorOf(c), c.req.param('id') ?? '')
      return showDraft(c, draft, { isRepeat: c.req.query('again') !== undefined })
    } catch (error) {
      return showGone(c, error)
    }
  }),

  route('POST', '/imports', can.importBooks, book, {
    refill: (c, why) => refillDraft(c, why),
  }),
]

const CHANGED =
  'Belum dibukukan: buku sudah berubah sejak berkas diperiksa. Lihat hasil pemeriksaan yang baru.'

/** Takes a file in, looks at it, and leads on to what was found. A file that is none of ours is not kept. */
async function upload(c: Context<Env>): Promise<Response> {
  const system = c.get('system')
  const { fields, file } = c.get('upload') ?? { fields: {}, file: null }
  const createLocations = fields.createLocations !== undefined
  const refuse = (sentence: string, status: RefusalStatus = 422) =>
    showImports(c, { createLocations, errors: { file: sentence }, status })
  if (!file) return refuse('Pilih berkasnya dulu.')
  const actor = actorOf(c)
  let draft: Draft
  try {
    draft = await keepUpload(system, actor, { ...file, createLocations, busyId: busyDraftId() })
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    return refuse(error.message, error.status)
  }
  try {
    const { outcome } = await checkDraft(system, actor, draft)
    if (outcome.state !== 'refused') return redirect(c, previewHref(draft.id))
    await removeDraft(system, draft.id)
    return refuse(outcome.sentence)
  } catch (error) {
    if (!isBusyOrOld(error)) throw error
    return showDraft(c, draft, { refusal: error.message, status: 409 })
  }
}

async function book(c: Context<Env>): Promise<Response> {
  const system = c.get('system')
  const actor = actorOf(c)
  const { draft: id = '', revision = '' } = await readTyped(c)
  try {
    const { draft, isRepeat } = await bookDraft(system, actor, { id, revision: Number(revision) })
    if (draft.outcome.state !== 'booked') return showDraft(c, draft, { refusal: CHANGED })
    return redirect(c, `${previewHref(id)}${isRepeat ? '?again=1' : ''}`)
  } catch (error) {
    if (!isBusyOrOld(error)) return showGone(c, error)
    const draft = await findDraft(system, actor, id)
    return showDraft(c, draft, { refusal: error.message, status: 409 })
  }
}

/** A file does not come back: it must be chosen once more. */
async function refillPreview(c: Context<Env>, why: Returned): Promise<Response> {
  const upload = c.get('upload')
  if (!upload) return refillDraft(c, why, await readTyped(c))
  const createLocations = upload.fields.createLocations !== undefined
  const errors = { '': why.sentence, file: 'Pilih berkasnya sekali lagi.' }
  return showImports(c, { createLocations, errors, status: why.status })
}

/** The file as it stands, with what was chosen for it. */
async function refillDraft(
  c: Context<Env>,
  { status, sentence }: Returned,
  typed?: Record<string, string>,
): Promise<Response> {
  const { draft: id = '' } = await readTyped(c)
  try {
    const draft = await findDraft(c.get('system'), actorOf(c), id)
    if (draft.outcome.state === 'booked') return redirect(c, `${previewHref(id)}?again=1`)
    return await showDraft(c, draft, { refusal: sentence, status, ...(typed && { typed }) })
  } catch (error) {
    return showGone(c, error)
  }
}

/** Looks at a file again that is here already, under what the person says of it. */
async function choose(c: Context<Env>): Promise<Response> {
  const system = c.get('system')
  const actor = actorOf(c)
  const typed = await readTyped(c)
  let draft: Draft
  try {
    draft = await findDraft(system, actor, typed.draft ?? '')
  } catch (error) {
    return showGone(c, error)
  }
  if (draft.outcome.state === 'booked') return redirect(c, `${previewHref(draft.id)}?again=1`)
  try {
    const chosen = parseInput(gatherOpenings(typed), TypedChoice)
    await checkDraft(system, actor, { ...draft, chosen })
    return redirect(c, previewHref(draft.id))
  } catch (error) {
    if (!(error instanceof Rejected) || ![409, 422].includes(error.status)) throw error
    const { status, message, details } = error
    if (status === 409) return showDraft(c, draft, { refusal: message, status: 409, typed })
    return showDraft(c, draft, { errors: details, status: 422, typed })
  }
}

const isBusyOrOld = (error: unknown): error is Rejected =>
  error instanceof Rejected && error.status === 409

/** A draft that is gone is said above the form by which the file can be uploaded again. */
function showGone(c: Context<Env>, error: unknown): Response | Promise<Response> {
  if (!(error instanceof Rejected) || error.status !== 404) throw error
  return showImports(c, { errors: { '': error.message }, status: 404 })
}
