import { z } from 'zod'
import { ENTRY_KINDS, ENTRY_TYPES } from '#src/database/schema/transactions.ts'
import { hasLongWord } from '#src/history/words.ts'
import { documented } from '#src/http/documented.ts'
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

const dayWith = (day: DayField, description: string) =>
  documented(day, { type: 'string', format: 'date', description, examples: ['2026-11-23'] })

const count = (fallback: number, max: number, description: string) =>
  documented(
    z.preprocess(
      blankAsAbsent,
      z
        .string()
        .regex(/^[1-9]\d{0,6}$/, `Isi angka 1 sampai ${max}.`)
        .transform(Number)
        .refine((value) => value <= max, `Isi angka 1 sampai ${max}.`)
        .default(fallback),
    ),
    { type: 'integer', minimum: 1, maximum: max, default: fallback, description },
  )

type DayField = typeof apiDay | typeof typedDay

const numberOf = (description: string) =>
  documented(
    z.preprocess(
      numberAsText,
      z
        .string()
        .regex(/^[1-9]\d{0,9}$/, 'Pilih dari daftar.')
        .transform(Number)
        .optional(),
    ),
    { type: 'integer', minimum: 1, maximum: 9_999_999_999, description },
  )

/** In a body of JSON a number is a number. */
function numberAsText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : blankAsAbsent(value)
}

/** The entry beside which a page begins: its time and its number. */
const cursorFor = (description: string) =>
  z
    .preprocess(
      blankAsAbsent,
      z
        .string()
        .regex(/^\d{1,12}-\d{1,15}$/, 'Halaman ini tidak dikenal.')
        .optional(),
    )
    .meta({ description })

/** What chooses entries, on the page as in an export. */
const entryFields = (day: DayField) => ({
  type: z
    .preprocess(blankAsAbsent, z.enum(ENTRY_TYPES, 'Jenis: IN atau OUT.').optional())
    .meta({ description: 'IN: stok masuk. OUT: pemakaian.' }),
  location: z
    .preprocess(blankAsAbsent, z.string().max(32, 'Lokasi tidak dikenal.').optional())
    .meta({
      description: 'Kode lokasi. Tanpa ini: semua yang boleh dilihat.',
      override: { examples: ['GENSET'] },
    }),
  startDate: dayWith(day, 'Mulai hari ini.'),
  endDate: dayWith(day, 'Sampai hari ini.'),
  kind: z
    .preprocess(blankAsAbsent, z.enum(ENTRY_KINDS, 'Pilih dari daftar.').optional())
    .meta({ description: 'Macam catatan.' }),
  user: numberOf('Nomor pencatatnya.'),
  consumer: numberOf('Nomor genset atau kapal yang memakainya.'),
  corrected: z
    .preprocess(blankAsAbsent, z.enum(['yes', 'no'], 'Pilih dari daftar.').optional())
    .meta({ description: 'yes: yang dibatalkan dan pembatalnya. no: yang dihitung.' }),
  search: documented(
    z.preprocess(
      blankAsAbsent,
      z
        .string()
        .trim()
        .max(100, 'Paling banyak 100 huruf.')
        .refine(hasLongWord, 'Tulis sedikitnya satu kata dengan 3 huruf atau lebih.')
        .optional(),
    ),
    {
      type: 'string',
      maxLength: 100,
      description: 'Kata-kata, utuh atau awalnya; sedikitnya satu dengan 3 huruf.',
      examples: ['shift pagi'],
    },
  ),
})

type Period = { startDate?: Day | undefined; endDate?: Day | undefined }
const isInOrder = ({ startDate, endDate }: Period) => !startDate || !endDate || startDate <= endDate
const OUT_OF_ORDER = { path: ['endDate'], error: 'Tanggal akhir sebelum tanggal awal.' }

const filterWith = (day: DayField) =>
  z
    .object({
      ...entryFields(day),
      page: count(1, MAX_PAGE, 'Halaman ke berapa.'),
      date: dayWith(day, 'Membuka halaman tempat hari ini mulai.'),
      /** Instead of a page number, where entries are found by their words. */
      before: cursorFor('Dengan search: halaman yang lebih lama, dari pagination.older.'),
      after: cursorFor('Dengan search: halaman yang lebih baru, dari pagination.newer.'),
      limit: count(PAGE_SIZE, MAX_PAGE_SIZE, 'Baris sehalaman.'),
      sort: z
        .preprocess(
          blankAsAbsent,
          z.enum(SORTS, 'Urutan: date, -date, amount atau -amount.').default('-date'),
        )
        .meta({ description: 'Urutan; dengan “-” dari yang terbaru atau terbanyak.' }),
    })
    .refine(isInOrder, OUT_OF_ORDER)

const exportWith = (day: DayField) =>
  z
    .object({
      ...entryFields(day),
      format: z
        .preprocess(
          blankAsAbsent,
          z.enum(EXPORT_FORMATS, 'Format: xlsx, csv atau csv-id.').default('xlsx'),
        )
        .meta({ description: 'csv-id: titik koma dan koma desimal, seperti Excel Indonesia.' }),
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
export const ApiExportBody = ApiExport.meta({
  id: 'ExportFilter',
  description: 'Saringan riwayat dan format berkas.',
  override: {
    examples: [
      { location: 'GENSET', startDate: '2026-11-01', endDate: '2026-11-30', format: 'csv' },
    ],
  },
})
export const TypedExport = exportWith(typedDay)
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
