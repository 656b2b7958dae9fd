import { z } from 'zod'
import { ENTRY_TYPES } from '#src/database/schema/transactions.ts'
import { blankAsAbsent } from '#src/http/input.ts'
import { isDay, readTypedDay } from '#src/units/business-day.ts'

export const SORTS = ['date', '-date', 'amount', '-amount'] as const
export const PAGE_SIZE = 20
const MAX_PAGE_SIZE = 100
const MAX_PAGE = 1_000_000

const apiDay = z.preprocess(
  blankAsAbsent,
  z.string().refine(isDay, 'Tulis tanggal yang ada, misalnya 2026-11-23.').optional(),
)

const typedDay = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .transform((value, context) => {
      const day = readTypedDay(value)
      if (day !== null) return day
      context.addIssue({ code: 'custom', message: 'Tulis tanggal yang ada, misalnya 23/11/2026.' })
      return z.NEVER
    })
    .optional(),
)

const count = (fallback: number, max: number) =>
  z.preprocess(
    blankAsAbsent,
    z
      .string()
      .regex(/^[1-9]\d{0,6}$/, `Isi angka 1 sampai ${max}.`)
      .transform(Number)
      .refine((value) => value <= max, `Isi angka 1 sampai ${max}.`)
      .default(fallback),
  )

const filterWith = (day: typeof apiDay | typeof typedDay) =>
  z
    .object({
      page: count(1, MAX_PAGE),
      limit: count(PAGE_SIZE, MAX_PAGE_SIZE),
      type: z.preprocess(blankAsAbsent, z.enum(ENTRY_TYPES, 'Jenis: IN atau OUT.').optional()),
      location: z.preprocess(blankAsAbsent, z.string().max(32, 'Lokasi tidak dikenal.').optional()),
      startDate: day,
      endDate: day,
      search: z.preprocess(
        blankAsAbsent,
        z.string().trim().max(100, 'Paling banyak 100 huruf.').optional(),
      ),
      sort: z.preprocess(
        blankAsAbsent,
        z.enum(SORTS, 'Urutan: date, -date, amount atau -amount.').default('-date'),
      ),
    })
    .refine(({ startDate, endDate }) => !startDate || !endDate || startDate <= endDate, {
      path: ['endDate'],
      error: 'Tanggal akhir sebelum tanggal awal.',
    })

/** The filter of the history as it stands in the address of the API, and of the page, where days are typed. */
export const ApiHistoryFilter = filterWith(apiDay)
export const TypedHistoryFilter = filterWith(typedDay)
export type HistoryFilter = z.output<typeof ApiHistoryFilter>
