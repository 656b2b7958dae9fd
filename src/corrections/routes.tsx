import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { describeCorrection } from '#src/corrections/announcement.tsx'
import { correctionContent, type Filled } from '#src/corrections/form.ts'
import { TypedHistoryFilter } from '#src/history/input.ts'
import { historyContent } from '#src/history/page.tsx'
import { actorOf } from '#src/http/actor.ts'
import { parseInput, readId, readInput, readTyped } from '#src/http/input.ts'
import { isFragment, redirect, render } from '#src/http/render.tsx'
import { type Env, route } from '#src/http/route.ts'
import { correctEntry } from '#src/ledger/correction.ts'
import { typedCorrection } from '#src/ledger/correction-input.ts'
import { questionOf } from '#src/ledger/question.ts'
import { Rejected } from '#src/rejected.ts'
import { zoneLabel } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'
import { CorrectionForm, correctionHeading, wayBack } from '#views/corrections/correction-form.tsx'
import { CorrectionDrawer, CorrectionPage } from '#views/corrections/correction-page.tsx'
import { SettledNotice } from '#views/corrections/settled-notice.tsx'
import { HISTORY_ID } from '#views/ids.ts'
import { REVERSAL } from '#views/stock/unusual-question.tsx'

const CHANGED_AFTER_BOOKING =
  'Formulir ini sudah dikirim dengan isi yang lain. Periksa, lalu kirim sekali lagi.'

export const correctionRoutes = [
  route('GET', '/history/:id{[1-9][0-9]{0,14}}/correction', can.correctEntries, async (c) => {
    const typed = await readTyped(c)
    const content = await correctionContent(c, readId(c), { typed, isInline: isFragment(c) })
    return show(c, content)
  }),

  route(
    'POST',
    '/stock/corrections',
    can.correctEntries,
    async (c) => {
      const typed = await readTyped(c)
      if (typed.preview !== undefined) {
        return show(c, await correctionContent(c, readEntryId(typed), { typed, isInline: false }))
      }
      try {
        return await correct(c, typed)
      } catch (error) {
        if (!(error instanceof Rejected) || ![409, 422].includes(error.status)) throw error
        return showRefusal(c, typed, error)
      }
    },
    {
      async refill(c, { status, sentence }) {
        const typed = await readTyped(c)
        return showUncorrected(c, { typed, errors: { '': sentence }, question: null, status })
      },
    },
  ),
]

type Content = Awaited<ReturnType<typeof correctionContent>>
type Typed = Record<string, string>
type Status = 200 | 403 | 409 | 422

function show(c: Context<Env>, content: Content, status: Status = 200) {
  const title = `${status === 200 ? '' : 'Belum diperbaiki · '}${correctionHeading(content.entry)}`
  const zone = zoneLabel(c.get('system').config.timezone)
  return render(
    c,
    { title, status },
    isFragment(c) ? (
      <CorrectionDrawer {...content} />
    ) : (
      <CorrectionPage {...content} zoneLabel={zone} />
    ),
  )
}

async function correct(c: Context<Env>, typed: Typed): Promise<Response> {
  const system = c.get('system')
  const schema = typedCorrection(system.config.timezone)
  const { requestId, entryId, reason, replacement, confirmUnusual } = await readInput(
    c,
    'form',
    schema,
  )
  const { reversal, isRepeat } = await correctEntry(system, actorOf(c), {
    entryId,
    reason,
    replacement,
    confirmUnusual: confirmUnusual === (replacement ? toDecimal(replacement.amount) : REVERSAL),
    request: { id: requestId, endpoint: 'POST /stock/corrections' },
  })
  const { filter = '' } = typed
  if (typed.from === 'history' && isFragment(c)) {
    return showInHistory(c, { entryId, filter, isRepeat })
  }
  return redirect(c, wayBack(entryId, withParameters(filter, { reversal: reversal.id, isRepeat })))
}

/** The history under the same filter, with everything in it that changed. */
async function showInHistory(
  c: Context<Env>,
  { entryId, filter, isRepeat }: { entryId: number; filter: string; isRepeat: boolean },
): Promise<Response> {
  const how = { isRepeated: isRepeat, isOutOfBand: true }
  const { status, newEntryIds } = await describeCorrection(c, entryId, how)
  const typed = Object.fromEntries(new URLSearchParams(filter))
  const read = () => parseInput(typed, TypedHistoryFilter)
  const { content } = await historyContent(c, { typed, read, newEntryIds })
  return render(
    c,
    { title: 'Riwayat', target: HISTORY_ID },
    <>
      {content}
      {status}
    </>,
  )
}

/** A form whose key has booked something else gets a fresh key, so that sending it once more books what it says now. */
async function showRefusal(c: Context<Env>, sent: Typed, refusal: Rejected): Promise<Response> {
  const isUsedUp = refusal.status === 409 && refusal.details.entryId === undefined
  const typed = isUsedUp ? { ...sent, requestId: '' } : sent
  const amount = typed.mode === 'reverse' ? null : typed['replacement.amount']
  const question = questionOf(refusal, amount)
  const errors = question ? {} : errorsOf(refusal, isUsedUp)
  const status = isUsedUp && !isFragment(c) ? 409 : 422
  return showUncorrected(c, { typed, errors, question, status })
}

type Uncorrected = Omit<Filled, 'isInline'> & { status: Status }

async function showUncorrected(
  c: Context<Env>,
  { status, ...filled }: Uncorrected,
): Promise<Response> {
  const { typed } = filled
  const isInline = typed.from === 'history' && isFragment(c)
  const content = await correctionContent(c, readEntryId(typed), { ...filled, isInline })
  if (!isFragment(c)) return show(c, content, status === 422 && content.settled ? 409 : status)
  return render(
    c,
    { title: 'Belum diperbaiki', status },
    content.form ? <CorrectionForm {...content.form} /> : <SettledNotice {...content.settled} />,
  )
}

function errorsOf({ details, message }: Rejected, isUsedUp: boolean): Typed {
  if (isUsedUp) return { '': CHANGED_AFTER_BOOKING }
  return Object.keys(details).length > 0 ? details : { '': message }
}

/** The entry that a form speaks of. Throws Rejected 422 where it names none: nobody types this number. */
function readEntryId({ entryId = '' }: Typed): number {
  if (/^[1-9]\d{0,14}$/.test(entryId)) return Number(entryId)
  throw new Rejected(422, 'Isi nomor catatan.', { entryId: 'Isi nomor catatan.' })
}

function withParameters(filter: string, done: { reversal: number; isRepeat: boolean }): string {
  const query = new URLSearchParams(filter)
  query.set('reversal', String(done.reversal))
  if (done.isRepeat) query.set('again', '1')
  return query.toString()
}
