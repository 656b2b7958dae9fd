import { z } from 'zod'
import { ENTRY_KINDS, ENTRY_TYPES } from '#src/database/schema/transactions.ts'
import { hasLongWord } from '#src/history/words.ts'
import { blankAsAbsent, typedDay } from '#src/http/input.ts'
import { type Day, isDay } from '#src/units/business-day.ts'

export const SORTS = ['date', '-date', 'amount', '-amount'] as const
const EXPORT_FORMATS = ['xlsx', 'csv', 'csv-id'] as const
export const PAGE_SIZE = 20
const MAX_PAGE_SIZE = 100
const MAX_PAGE = 1_000_000

const apiDay = z.preprocess(
  blankAsAbsent,
  z.string().refine(isDay, 'Tulis tanggal yang ada, misalnya 2026-11-23.').optional(),
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

type DayField = typeof apiDay | typeof typedDay

const number = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'Pilih dari daftar.')
    .transform(Number)
    .optional(),
)

/** The entry beside which a page begins: its time and its number. */
const cursor = z.preprocess(
  blankAsAbsent,
  z
    .string()
    .regex(/^\d{1,12}-\d{1,15}$/, 'Halaman ini tidak dikenal.')
    .optional(),
)

/** What chooses entries, on the page as in an export. */
const entryFields = (day: DayField) => ({
  type: z.preprocess(blankAsAbsent, z.enum(ENTRY_TYPES, 'Jenis: IN atau OUT.').optional()),
  location: z.preprocess(blankAsAbsent, z.string().max(32, 'Lokasi tidak dikenal.').optional()),
  startDate: day,
  endDate: day,
  kind: z.preprocess(blankAsAbsent, z.enum(ENTRY_KINDS, 'Pilih dari daftar.').optional()),
  /** Numbers of the person who booked it, and of the genset or tug that used it. */
  user: number,
  consumer: number,
  /** `yes`: reversed entries and their reversals; `no`: what counts. */
  corrected: z.preprocess(blankAsAbsent, z.enum(['yes', 'no'], 'Pilih dari daftar.').optional()),
  search: z.preprocess(
    blankAsAbsent,
    z
      .string()
      .trim()
      .max(100, 'Paling banyak 100 huruf.')
      .refine(hasLongWord, 'Tulis sedikitnya satu kata dengan 3 huruf atau lebih.')
      .optional(),
  ),
})

type Period = { startDate?: Day | undefined; endDate?: Day | undefined }
const isInOrder = ({ startDate, endDate }: Period) => !startDate || !endDate || startDate <= endDate
const OUT_OF_ORDER = { path: ['endDate'], error: 'Tanggal akhir sebelum tanggal awal.' }

const filterWith = (day: DayField) =>
  z
    .object({
      ...entryFields(day),
      page: count(1, MAX_PAGE),
      /** Leads to the page on which this day begins. */
      date: day,
      /** Instead of a page number, where entries are found by their words. */
      before: cursor,
      after: cursor,
      limit: count(PAGE_SIZE, MAX_PAGE_SIZE),
      sort: z.preprocess(
        blankAsAbsent,
        z.enum(SORTS, 'Urutan: date, -date, amount atau -amount.').default('-date'),
      ),
    })
    .refine(isInOrder, OUT_OF_ORDER)

const exportWith = (day: DayField) =>
  z
    .object({
      ...entryFields(day),
      format: z.preprocess(
        blankAsAbsent,
        z.enum(EXPORT_FORMATS, 'Format: xlsx, csv atau csv-id.').default('xlsx'),
      ),
    })
    .refine(isInOrder, OUT_OF_ORDER)

/** The filter of the history as it stands in the address of the API, and of the page, where days are typed. */
export const ApiHistoryFilter = filterWith(apiDay)
export const TypedHistoryFilter = filterWith(typedDay)
export type HistoryFilter = z.output<typeof ApiHistoryFilter>
export type EntryFilter = Omit<
  HistoryFilter,
  'page' | 'limit' | 'sort' | 'date' | 'before' | 'after'
>

/** The same filter and the format of a file. Sorting and pages are of no use in one. */
export const ApiExport = exportWith(apiDay)
export const TypedExport = exportWith(typedDay)
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
