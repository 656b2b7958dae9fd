import { z } from 'zod'
import { addDays, countDays, type Day, isDay } from '#src/units/business-day.ts'

export const MAX_TREND_DAYS = 3_660
const DEFAULT_DAYS = 30

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
      error: `Paling banyak ${MAX_TREND_DAYS} hari.`,
    },
  )
export type TrendFilter = z.output<typeof TrendFilter>

/** The days asked for; those after today are left out. Null where nothing is left, or where they are too many. */
export function periodOf(
  { days = DEFAULT_DAYS, startDate, endDate }: TrendFilter,
  today: Day,
): { first: Day; last: Day } | null {
  const last = endDate === undefined || endDate > today ? today : endDate
  const first = startDate ?? addDays(endDate ?? today, 1 - days)
  return first <= last ? { first, last } : null
}
