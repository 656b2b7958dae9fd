import { formatDayClock, wallClock } from '#src/units/business-day.ts'
import {
  type Entry,
  type EntryKind,
  firstBelowZero,
  inOrder,
  midnightOf,
  type Place,
  plus,
  timelineOf,
} from '#tests/ledger/model/books.ts'
import { isClerk, type Model } from '#tests/ledger/model/state.ts'
import type { Refusal } from '#tests/ledger/model/verdict.ts'
import type { Name } from '#tests/support/cast.ts'

/** Comes after every entry that is there. */
export const LAST = Number.MAX_SAFE_INTEGER

/** Nobody books the future; a clerk goes back to where the day before today began. */
export function judgeTime(model: Model, who: Name, at: number): Refusal | null {
  if (at > model.now) return { status: 422, why: 'future' }
  if (isClerk(who) && at < midnightOf(model.now, 1)) return { status: 422, why: 'too long ago' }
  return null
}

/** One opening a place, and before everything else that counts. */
export function judgeOpening(
  { entries }: Pick<Model, 'entries'>,
  { place, at }: { place: Place; at: number },
): Refusal | null {
  const timeline = timelineOf(entries, place)
  const opening = timeline.find(({ kind }) => kind === 'opening')
  const first = opening ?? timeline[0]
  if (!first) return null
  const moment = formatDayClock(wallClock(new Date(first.at), 'Asia/Makassar'))
  if (opening) {
    const sentence = `Stok awal sudah dicatat pada ${moment}. Catat sebagai stok masuk biasa.`
    return { status: 422, why: 'second opening', sentence, field: 'kind' }
  }
  if (at < first.at) return null
  const sentence = `Stok awal harus sebelum catatan pertama (${moment}). Pilih waktu yang lebih awal.`
  return { status: 422, why: 'opening too late', sentence, field: 'occurredAt' }
}

export type Added = {
  id: number
  place: Place
  type: 'IN' | 'OUT'
  kind: EntryKind
  litres: bigint
  at: number
  placeOfId: number | null
}

/** What is left before the new entry, and the first moment of the whole timeline that it would break. */
export function foresee(rest: Entry[], added: Added) {
  const timeline = inOrder<Added>([...rest, added])
  const before = timeline
    .slice(0, timeline.indexOf(added))
    .reduce((sum, entry) => sum + plus(entry), 0n)
  const broken = firstBelowZero(timeline)
  return { before, broken: broken && { at: broken.row.at, balance: broken.balance } }
}

/**
 * The highest balance that a change leads to, at the places where it stands above what was before, or after fuel that
 * it brings in itself; null where there is no such place. What stands at one place counts as one.
 */
export function peakOf(before: Entry[], gone: Entry | null, added: Added | null): bigint | null {
  const all = inOrder<Added>(added ? [...before, added] : before)
  const placeIn = ({ at, placeOfId, id }: Added) => `${at} ${placeOfId ?? id}`
  let [was, is, isFilled] = [0n, 0n, false]
  let peak: bigint | null = null
  for (const [index, entry] of all.entries()) {
    if (entry !== added) was += plus(entry)
    if (entry.id !== gone?.id) is += plus(entry)
    if (entry === added && entry.type === 'IN') isFilled = true
    const next = all[index + 1]
    if (next && placeIn(next) === placeIn(entry)) continue
    if ((is > was || isFilled) && (peak === null || is > peak)) peak = is
  }
  return peak
}
