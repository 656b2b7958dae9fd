import { formatLitres } from '#src/units/litres.ts'
import { type Draft, type EntryKind, timelineOf } from '#tests/ledger/model/books.ts'
import { isOverfull, questionOf } from '#tests/ledger/model/doubts.ts'
import { judgeCorrection } from '#tests/ledger/model/judge-correction.ts'
import {
  type Booking,
  hundredths,
  identityOf,
  isBooking,
  type Sent,
} from '#tests/ledger/model/requests.ts'
import {
  type Added,
  foresee,
  judgeOpening,
  judgeTime,
  LAST,
  peakOf,
} from '#tests/ledger/model/rules.ts'
import { HOME, isClerk, type Model } from '#tests/ledger/model/state.ts'
import { ask, momentOf, type Refusal, type Verdict } from '#tests/ledger/model/verdict.ts'

const MINUTE = 60_000

/** Judges a request by itself, from nothing but the list of entries. */
export function judge(model: Model, sent: Sent): Verdict {
  const { who, key } = sent
  if (model.dismissed.has(who)) return { status: 401, why: 'signed out' }
  const stranger = isBooking(sent) ? judgeReach(sent) : null
  if (stranger) return stranger
  const known = key === null ? undefined : model.known.get(key)
  if (known && known.identity !== identityOf(sent)) return { status: 409, why: 'key of another' }
  if (known) return { status: 200, why: 'repeat', known }
  return isBooking(sent) ? judgeBooking(model, sent) : judgeCorrection(model, sent)
}

function judgeReach({ path, who, body }: Booking): Refusal | null {
  if (isClerk(who) && path === '/api/stock/in') return { status: 403, why: 'role' }
  const isElsewhere = body.location !== undefined && body.location !== HOME[who]
  return isClerk(who) && isElsewhere ? { status: 403, why: 'other location' } : null
}

function judgeBooking(model: Model, { path, who, body }: Booking): Verdict {
  const place = body.location ?? HOME[who]
  if (place === undefined) return { status: 422, why: 'no location', field: 'location' }
  if (model.closed.has(place)) return { status: 422, why: 'closed location', field: 'location' }
  const type = path === '/api/stock/in' ? 'IN' : 'OUT'
  const kind: EntryKind = body.kind ?? (type === 'IN' ? 'delivery' : 'usage')
  const at = body.occurredAt ? Date.parse(body.occurredAt) : wholeMinute(model.now)
  const late = judgeTime(model, who, at)
  if (late) return { ...late, field: 'occurredAt' }
  const opening = kind === 'opening' ? judgeOpening(model, { place, at }) : null
  if (opening) return opening
  const litres = hundredths(body.amount)
  const added: Added = { id: LAST, place, type, kind, litres, at, placeOfId: null }
  const outlook = foresee(timelineOf(model.entries, place), added)
  if (outlook.broken) {
    const isNamed = body.occurredAt !== undefined || outlook.broken.at > at
    const left = `Stok tidak mencukupi. Sisa: ${formatLitres(outlook.before)} liter.`
    const sentence = isNamed ? `${left} ${momentOf(outlook.broken)}` : left
    const why = outlook.broken.at > at ? 'breaks a later moment' : 'too much'
    return { status: 422, why, sentence, field: 'amount' }
  }
  const asked = { place, kind, litres, peak: peakOf(timelineOf(model.entries, place), null, added) }
  const question = body.confirmUnusual ? null : questionOf(model.entries, asked)
  if (question !== null) return ask(question)
  const draft: Draft = {
    place,
    type,
    kind,
    litres,
    at,
    by: who,
    bookedAt: model.now,
    notes: body.notes ?? null,
    consumer: body.consumer ?? null,
    reversesId: null,
    replacesId: null,
    placeOfId: null,
    isOverfull: isOverfull(asked),
  }
  const isUnusual = body.confirmUnusual && questionOf(model.entries, asked) !== null
  return { status: 201, why: isUnusual ? 'meant' : whenOf(model, draft), drafts: [draft] }
}

const wholeMinute = (at: number): number => at - (at % MINUTE)

function whenOf(model: Model, { place, at }: Draft): string {
  return timelineOf(model.entries, place).some((entry) => entry.at > at) ? 'booked late' : 'booked'
}
