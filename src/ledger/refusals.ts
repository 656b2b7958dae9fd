import type { Actor } from '#src/auth/permissions.ts'
import { Rejected } from '#src/rejected.ts'
import {
  addDays,
  businessDay,
  dayStart,
  formatClock,
  formatDate,
  formatDayClock,
  type WallClock,
  wallClock,
} from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

/** The earliest moment that a clerk may date an entry to: the start of the previous business day. */
export function earliestForClerk(now: Date, zone: string): Date {
  return dayStart(addDays(businessDay(now, zone), -1), zone)
}

/** What is wrong with the time of an entry, or null. Nobody may book the future; a clerk not the distant past. */
export function timeProblem({
  at,
  now,
  zone,
  isFree,
}: {
  at: Date
  now: Date
  zone: string
  isFree: boolean
}): string | null {
  if (at > now) {
    const clock = wallClock(now, zone)
    return `Waktu ini belum terjadi. Pilih waktu sampai ${formatDate(clock)} pukul ${formatClock(clock)}.`
  }
  const earliest = earliestForClerk(now, zone)
  if (isFree || at >= earliest) return null
  return `Terlalu lama berlalu. Pilih waktu mulai ${formatDate(wallClock(earliest, zone))}, atau minta supervisor mencatatnya.`
}

/** Says what is left, which moment would break and by how much, and what to do next. */
export function insufficientStock(refused: {
  balanceBefore: Litres
  breach: { at: Date; balance: Litres } | null
  at: Date
  isChosen: boolean
  zone: string
  actor: Actor
}): Rejected {
  const { balanceBefore, breach, at, isChosen, zone, actor } = refused
  const sentence = `Stok tidak mencukupi. Sisa: ${formatLitres(balanceBefore)} liter`
  const isLater = breach !== null && breach.at > at
  const moment =
    breach && (isChosen || isLater)
      ? ` Pada ${formatDayClock(wallClock(breach.at, zone))} stok menjadi ${formatLitres(breach.balance)} liter.`
      : ''
  const advice =
    actor.role === 'operasional'
      ? 'Kurangi jumlahnya, atau minta supervisor mencatat stok masuk lebih dulu.'
      : 'Kurangi jumlahnya, atau catat stok masuk lebih dulu.'
  return new Rejected(422, `${sentence}.${moment}`, { amount: `${sentence}.${moment} ${advice}` })
}

/** Names the first moment that a correction would break. */
export function brokenByCorrection(
  breach: { at: Date; balance: Litres },
  { zone, hasReplacement }: { zone: string; hasReplacement: boolean },
): Rejected {
  const moment = formatDayClock(wallClock(breach.at, zone))
  const sentence = `Stok tidak mencukupi. Pada ${moment} stok menjadi ${formatLitres(breach.balance)} liter.`
  const advice = hasReplacement
    ? 'Periksa jumlah dan waktunya, atau perbaiki catatan sesudahnya lebih dulu.'
    : 'Ganti dengan yang benar, atau perbaiki catatan sesudahnya lebih dulu.'
  return new Rejected(422, sentence, {
    [hasReplacement ? 'replacement.amount' : 'entryId']: `${sentence} ${advice}`,
  })
}

export function lateOpening(first: WallClock, isOpening: boolean): Rejected {
  const sentence = isOpening
    ? `Stok awal sudah dicatat pada ${formatDayClock(first)}. Catat sebagai stok masuk biasa.`
    : `Stok awal harus sebelum catatan pertama (${formatDayClock(first)}). Pilih waktu yang lebih awal.`
  return new Rejected(422, sentence, { [isOpening ? 'kind' : 'occurredAt']: sentence })
}
