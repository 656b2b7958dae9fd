import { z } from 'zod'
import { Rejected } from '#src/rejected.ts'
import { addDays, countDays, type Day, isDay } from '#src/units/business-day.ts'

export const MAX_TREND_DAYS = 3_660
const DEFAULT_DAYS = 30
const TOO_MANY = `Paling banyak ${MAX_TREND_DAYS} hari.`

const day = z.string().refine(isDay, 'Tulis tanggal yang ada, misalnya 2026-11-23.').optional()

/** The period of a trend: the last `days` up to today, or from one day to another, ends included. */
export const TrendFilter = z
  .object({
    days: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, `Isi angka 1 sampai ${MAX_TREND_DAYS}.`)
      .transform(Number)
      .refine((days) => days <= MAX_TREND_DAYS, `Isi angka 1 sampai ${MAX_TREND_DAYS}.`)
      .optional(),
    startDate: day,
    endDate: day,
    location: z
      .string()
      .min(1, 'Lokasi tidak dikenal.')
      .max(32, 'Lokasi tidak dikenal.')
      .optional(),
  })
  .refine(({ startDate, endDate }) => !startDate || !endDate || startDate <= endDate, {
    path: ['endDate'],
    error: 'Tanggal akhir sebelum tanggal awal.',
  })
  .refine(
    ({ startDate, endDate }) =>
      !startDate || !endDate || countDays(startDate, endDate) <= MAX_TREND_DAYS,
    {
      path: ['startDate'],
      error: TOO_MANY,
    },
  )
export type TrendFilter = z.output<typeof TrendFilter>

/**
 * The days asked for; those after today are left out. Null where nothing is left.
 * Throws Rejected 422 where an open end makes them too many.
 */
export function periodOf(filter: TrendFilter, today: Day): { first: Day; last: Day } | null {
  const { days = DEFAULT_DAYS, startDate, endDate } = filter
  const last = endDate === undefined || endDate > today ? today : endDate
  const first = startDate ?? addDays(last, 1 - days)
  if (countDays(first, last) > MAX_TREND_DAYS) {
    throw new Rejected(422, TOO_MANY, { startDate: TOO_MANY })
  }
  return first <= last ? { first, last } : null
}
