import { z } from 'zod'
import type { Period } from '#src/charts/rules.ts'
import { documented } from '#src/http/documented.ts'
import { blankAsAbsent, typedDay } from '#src/http/input.ts'
import { Rejected } from '#src/rejected.ts'
import { addDays, countDays, type Day, isDay } from '#src/units/business-day.ts'

export const MAX_TREND_DAYS = 3_660
const DEFAULT_DAYS = 30
const TOO_MANY = `Paling banyak ${MAX_TREND_DAYS} hari.`
const UNKNOWN = 'Lokasi tidak dikenal.'

type Ends = { startDate?: Day | undefined; endDate?: Day | undefined }
const isOrdered = ({ startDate, endDate }: Ends) => !startDate || !endDate || startDate <= endDate
const isShort = ({ startDate, endDate }: Ends) =>
  !startDate || !endDate || countDays(startDate, endDate) <= MAX_TREND_DAYS
const ORDER = { path: ['endDate'], error: 'Tanggal akhir sebelum tanggal awal.' }
const LENGTH = { path: ['startDate'], error: TOO_MANY }

const dayWith = (description: string) =>
  documented(z.string().refine(isDay, 'Tulis tanggal yang ada, misalnya 2026-11-23.').optional(), {
    type: 'string',
    format: 'date',
    description,
    examples: ['2026-11-23'],
  })
const location = z
  .string()
  .min(1, UNKNOWN)
  .max(32, UNKNOWN)
  .optional()
  .meta({
    description: 'Kode lokasi. Tanpa ini: semua yang boleh dilihat.',
    override: { examples: ['GENSET'] },
  })

/** The period of a trend: the last `days` up to today, or from one day to another, ends included. */
export const TrendFilter = z
  .object({
    days: documented(
      z
        .string()
        .regex(/^[1-9]\d{0,3}$/, `Isi angka 1 sampai ${MAX_TREND_DAYS}.`)
        .transform(Number)
        .refine((days) => days <= MAX_TREND_DAYS, `Isi angka 1 sampai ${MAX_TREND_DAYS}.`)
        .optional(),
      {
        type: 'integer',
        minimum: 1,
        maximum: MAX_TREND_DAYS,
        description: `Sekian hari sampai hari terakhir; tanpa ini dan tanpa startDate ${DEFAULT_DAYS}.`,
      },
    ),
    startDate: dayWith('Hari pertama.'),
    endDate: dayWith('Hari terakhir; tanpa ini hari ini.'),
    location,
  })
  .refine(isOrdered, ORDER)
  .refine(isShort, LENGTH)
export type TrendFilter = z.output<typeof TrendFilter>

/** The same on the page, where days are typed and a field may be left empty. */
export const TypedTrendFilter = z
  .object({
    startDate: typedDay,
    endDate: typedDay,
    location: z.preprocess(blankAsAbsent, location),
    view: z.literal('consumers').optional().catch(undefined),
  })
  .refine(isOrdered, ORDER)
  .refine(isShort, LENGTH)

/**
 * The days asked for; those after today are left out. Null where nothing is left.
 * Throws Rejected 422 where an open end makes them too many.
 */
export function periodOf(filter: Ends & { days?: number | undefined }, today: Day): Period | null {
  const { days = DEFAULT_DAYS, startDate, endDate } = filter
  const last = endDate === undefined || endDate > today ? today : endDate
  const first = startDate ?? addDays(last, 1 - days)
  if (countDays(first, last) > MAX_TREND_DAYS) {
    throw new Rejected(422, TOO_MANY, { startDate: TOO_MANY })
  }
  return first <= last ? { first, last } : null
}
