import {
  type Draft,
  dayOf,
  type Entry,
  firstBelowZero,
  reversedIds,
  timelineOf,
} from '#tests/ledger/model/books.ts'
import { isOverfull, questionOf } from '#tests/ledger/model/doubts.ts'
import { type Correction, hundredths } from '#tests/ledger/model/requests.ts'
import { foresee, judgeTime, LAST, peakOf } from '#tests/ledger/model/rules.ts'
import { HOME, isClerk, type Model } from '#tests/ledger/model/state.ts'
import { ask, breaks, type Verdict } from '#tests/ledger/model/verdict.ts'
import type { Name } from '#tests/support/cast.ts'

const DAY = 86_400_000

/** What must become of a correction that is not known yet. */
export function judgeCorrection(model: Model, { who, body }: Correction): Verdict {
  const original = model.entries.find(({ id }) => id === body.entryId)
  if (!original || (isClerk(who) && original.place !== HOME[who]))
    return { status: 404, why: 'unknown entry' }
  const isLate = model.now - original.bookedAt > DAY
  if (isClerk(who) && original.by !== who) return { status: 403, why: "another's entry" }
  if (isClerk(who) && isLate) return { status: 403, why: 'after a day' }
  if (original.kind === 'reversal') return { status: 422, why: 'a reversal', field: 'entryId' }
  if (reversedIds(model.entries).has(original.id))
    return { status: 409, why: 'corrected before', field: 'entryId' }
  const reversal: Draft = {
    ...original,
    type: original.type === 'IN' ? 'OUT' : 'IN',
    kind: 'reversal',
    by: who,
    bookedAt: model.now,
    notes: body.reason,
    reversesId: original.id,
    replacesId: null,
    placeOfId: null,
    isOverfull: false,
  }
  const rest = timelineOf(model.entries, original.place).filter(({ id }) => id !== original.id)
  if (body.replacement) return judgeReplacement(model, { who, body, original, reversal, rest })
  const broken = firstBelowZero(rest)
  if (broken) return breaks({ at: broken.row.at, balance: broken.balance }, 'entryId')
  const { place } = original
  const peak = peakOf(timelineOf(model.entries, place), original, null)
  const asked = { place, kind: 'reversal', litres: original.litres, peak } as const
  const question = body.confirmUnusual ? null : questionOf(model.entries, asked)
  if (question !== null) return ask(question)
  const drafts = [{ ...reversal, isOverfull: isOverfull(asked) }]
  return { status: 201, why: 'taken back', drafts }
}

type Replacing = {
  who: Name
  body: Correction['body']
  original: Entry
  reversal: Draft
  rest: Entry[]
}

function judgeReplacement(model: Model, replacing: Replacing): Verdict {
  const { who, body, original, reversal, rest } = replacing
  const { amount, occurredAt, notes, consumer } = body.replacement ?? { amount: 0 }
  const at = occurredAt ? Date.parse(occurredAt) : original.at
  const isMoved = at !== original.at
  const late = isMoved ? judgeTime(model, who, at) : null
  if (late) return { ...late, field: 'replacement.occurredAt' }
  const { place, type, kind } = original
  const overtaken = kind === 'opening' && rest.some((entry) => entry.at <= at)
  // One that was there before all others may come earlier still, and stay in its minute.
  if (overtaken && at > original.at)
    return { status: 422, why: 'opening overtaken', field: 'replacement.occurredAt' }
  const litres = hundredths(amount)
  const placeOfId = isMoved ? null : (original.placeOfId ?? original.id)
  const added = { id: LAST, place, type, kind, litres, at, placeOfId }
  const outlook = foresee(rest, added)
  if (outlook.broken) return breaks(outlook.broken, 'replacement.amount')
  const peak = peakOf(timelineOf(model.entries, place), original, added)
  const asked = { place, kind, litres, peak }
  const others = model.entries.filter(({ id }) => id !== original.id)
  const question = body.confirmUnusual ? null : questionOf(others, asked)
  if (question !== null) return ask(question)
  const replacement: Draft = {
    ...reversal,
    type,
    kind,
    litres,
    at,
    notes: notes === undefined ? original.notes : notes,
    consumer: consumer === undefined ? original.consumer : consumer,
    reversesId: null,
    replacesId: original.id,
    placeOfId,
    isOverfull: isOverfull(asked),
  }
  const isOtherDay = dayOf(at) !== dayOf(original.at)
  const why = isOtherDay ? 'moved to another day' : isMoved ? 'moved' : 'replaced in its minute'
  return { status: 201, why, drafts: [reversal, replacement] }
}
