import { z } from 'zod'
import { LOCATION_CODE } from '#src/locations/code.ts'
import { readInstant, readTypedTime } from '#src/units/business-day.ts'
import { DECIMAL_PATTERN, type Litres, parseDecimal } from '#src/units/litres.ts'
import { readLitres } from '#src/units/typed-litres.ts'

export const MAX_NOTES = 500
export const MAX_REFERENCE = 100

/** Litres as a program sends them: a JSON number, or a plain decimal as text. Nothing is guessed. */
export const apiLitres = z
  .union([z.number(), z.string()], 'Isi jumlah liter: angka, atau teks seperti "1250.50".')
  .transform((value, context): Litres => {
    const text = String(value)
    const problem = apiLitresProblem(text)
    if (problem === null) return parseDecimal(text)
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  })

/** Litres as a person types them. */
const typedLitres = z.string('Isi jumlah liter.').transform((value, context): Litres => {
  const read = readLitres(value)
  if ('decimal' in read) return parseDecimal(read.decimal)
  context.addIssue({ code: 'custom', message: read.problem })
  return z.NEVER
})

const location = z
  .string('Pilih lokasi.')
  .min(1, 'Pilih lokasi.')
  .regex(LOCATION_CODE, 'Lokasi tidak dikenal.')

/** Ordinary text keeps its line breaks; a blank one counts as none. Other control characters come from broken programs. */
const text = (label: string, max: number) =>
  z
    .string(`${label} harus berupa teks.`)
    .refine((value) => [...value].length <= max, `${label} paling banyak ${max} huruf.`)
    .refine(
      (value) => value.isWellFormed() && !/[^\P{Cc}\n\r]/u.test(value),
      `${label} memuat tanda yang tidak bisa disimpan.`,
    )
    .transform((value) => (value.trim() === '' ? null : value))

const optionalText = (label: string, max: number) =>
  text(label, max)
    .nullish()
    .transform((value) => value ?? null)

const consumer = z
  .string('Pilih dari daftar.')
  .max(100, 'Pilih dari daftar.')
  .nullish()
  .transform((value) => value || null)

const requestId = z
  .string()
  .regex(/^[\x21-\x7e]{1,100}$/, 'Kunci permintaan: 1 sampai 100 tanda ASCII tanpa spasi.')
  .nullish()
  .transform((value) => value ?? null)

const kind = z.literal('opening', 'Jenis hanya boleh opening.').optional()

/** The body of `POST /api/stock/in` and `/api/stock/out`. Times without an offset are read in `zone`. */
export const apiEntry = (zone: string) =>
  z.strictObject({
    location: location.nullish().transform((value) => value ?? undefined),
    amount: apiLitres,
    occurredAt: z
      .string('Waktu: ISO 8601, misalnya 2026-11-23T14:05:00+08:00.')
      .nullish()
      .transform((value, context) => {
        const at = value === null || value === undefined ? null : readInstant(value, zone)
        if (value === null || value === undefined || at) return at
        context.addIssue({
          code: 'custom',
          message: 'Waktu: ISO 8601, misalnya 2026-11-23T14:05:00+08:00.',
        })
        return z.NEVER
      }),
    notes: optionalText('Keterangan', MAX_NOTES),
    reference: optionalText('No. surat', MAX_REFERENCE),
    consumer,
    kind,
    confirmUnusual: z.boolean('Isi true atau false.').optional(),
  })

/** The fields of the forms on `/stock/in` and `/stock/out`; an empty time means now. */
export const typedEntry = (zone: string) =>
  z.object({
    location: location.optional(),
    amount: typedLitres,
    occurredAt: z
      .string()
      .default('')
      .transform((value, context) => {
        const at = value.trim() === '' ? null : readTypedTime(value, zone)
        if (value.trim() === '' || at) return at
        context.addIssue({
          code: 'custom',
          message: 'Tulis tanggal dan jam, misalnya 23/11/2026 14.05.',
        })
        return z.NEVER
      }),
    notes: z.preprocess(withPlainLineBreaks, optionalText('Keterangan', MAX_NOTES)),
    reference: optionalText('No. surat', MAX_REFERENCE),
    consumer,
    kind: z
      .string()
      .optional()
      .transform((value) => value || undefined)
      .pipe(kind),
    requestId,
  })

/** The `Idempotency-Key` header of the API. */
export const idempotencyKey = requestId

/** A booking as forms and programs ask for it, parsed and checked. */
export type EntryInput = {
  location?: string | undefined
  amount: Litres
  occurredAt: Date | null
  notes: string | null
  reference: string | null
  consumer: string | null
  kind?: 'opening' | undefined
}

function apiLitresProblem(text: string): string | null {
  if (/^-/.test(text)) return 'Jumlah harus lebih dari 0.'
  if (/^\d+\.\d{3,}$/.test(text)) return 'Paling banyak dua angka di belakang koma.'
  if (/^\d{11,}(\.\d{1,2})?$/.test(text))
    return 'Jumlah terlalu besar. Paling banyak 9999999999.99 liter.'
  if (!DECIMAL_PATTERN.test(text)) return 'Isi jumlah liter: angka, atau teks seperti "1250.50".'
  return parseDecimal(text) > 0n ? null : 'Jumlah harus lebih dari 0.'
}

/** Browsers send a line break of a text area as two characters, and count it as one. */
function withPlainLineBreaks(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\r\n/g, '\n') : value
}
