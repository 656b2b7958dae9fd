import { z } from 'zod'
import { documented } from '#src/http/documented.ts'
import { typedRequestId } from '#src/http/input.ts'
import { LOCATION_CODE } from '#src/locations/code.ts'
import { INSTANT_PATTERN, readInstant, readTypedTime } from '#src/units/business-day.ts'
import { DECIMAL_PATTERN, type Litres, parseDecimal } from '#src/units/litres.ts'
import { perZone } from '#src/units/per-zone.ts'
import { readLitres } from '#src/units/typed-litres.ts'

export const MAX_NOTES = 500
export const MAX_REFERENCE = 100
const TIME_FOR_PROGRAMS = 'Waktu: ISO 8601, misalnya 2026-11-23T14:05:00+08:00.'

/** Litres as a program sends them: a JSON number, or a plain decimal as text. Nothing is guessed. */
export const apiLitres = documented(
  z
    .union([z.number(), z.string()], 'Isi jumlah liter: angka, atau teks seperti "1250.50".')
    .transform((value, context): Litres => {
      const text = String(value)
      const problem = apiLitresProblem(text)
      if (problem === null) return parseDecimal(text)
      context.addIssue({ code: 'custom', message: problem })
      return z.NEVER
    }),
  {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0, maximum: 9_999_999_999.99 },
      { type: 'string', pattern: DECIMAL_PATTERN.source },
    ],
    description: 'Liter, lebih dari 0, paling banyak dua angka di belakang titik.',
    examples: ['350.50'],
  },
)

/** Litres as a person types them. */
export const typedLitres = z.string('Isi jumlah liter.').transform((value, context): Litres => {
  const read = readLitres(value)
  if ('decimal' in read) return parseDecimal(read.decimal)
  context.addIssue({ code: 'custom', message: read.problem })
  return z.NEVER
})

const location = z
  .string('Pilih lokasi.')
  .min(1, 'Pilih lokasi.')
  .regex(LOCATION_CODE, 'Lokasi tidak dikenal.')

const apiLocation = documented(
  location.nullish().transform((value) => value ?? undefined),
  {
    type: ['string', 'null'],
    pattern: LOCATION_CODE.source,
    description: 'Kode lokasi. Tanpa ini: lokasi petugas atau kunci itu sendiri.',
    examples: ['GENSET'],
  },
)

/** Ordinary text keeps its line breaks; a blank one counts as none. Other control characters come from broken programs. */
export const text = (label: string, max: number) =>
  z
    .string(`${label} harus berupa teks.`)
    .refine((value) => [...value].length <= max, `${label} paling banyak ${max} huruf.`)
    .refine(
      (value) => value.isWellFormed() && !/[^\P{Cc}\n\r]/u.test(value),
      `${label} memuat tanda yang tidak bisa disimpan.`,
    )
    .transform((value) => (value.trim() === '' ? null : value))

const optionalText = (
  label: string,
  max: number,
  says: { description: string; examples: string[] },
) =>
  documented(
    text(label, max)
      .nullish()
      .transform((value) => value ?? null),
    { type: ['string', 'null'], maxLength: max, ...says },
  )

export const consumer = z
  .string('Pilih dari daftar.')
  .max(100, 'Pilih dari daftar.')
  .nullish()
  .transform((value) => value || null)
  .meta({
    description: 'Genset atau kapal yang memakainya, dengan namanya di lokasi itu.',
    override: { examples: ['Genset 1'] },
  })

/** Absent means a time that the service knows: now, or that of the entry being corrected. */
export const apiTime = (zone: string) =>
  documented(
    z
      .string(TIME_FOR_PROGRAMS)
      .nullish()
      .transform((value, context) => {
        const at = value === null || value === undefined ? null : readInstant(value, zone)
        if (value === null || value === undefined || at) return at
        context.addIssue({ code: 'custom', message: TIME_FOR_PROGRAMS })
        return z.NEVER
      }),
    {
      type: ['string', 'null'],
      pattern: INSTANT_PATTERN.source,
      description: `Kapan bahan bakar berpindah, ISO 8601; tanpa selisih jam dibaca dalam zona ${zone}. Tanpa ini: saat dicatat.`,
      examples: ['2026-11-23T14:05:00+08:00'],
    },
  )

export const typedTime = (zone: string) =>
  z
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
    })

export const notes = optionalText('Keterangan', MAX_NOTES, {
  description: 'Keterangan.',
  examples: ['shift pagi'],
})
export const reference = optionalText('No. surat', MAX_REFERENCE, {
  description: 'Nomor surat jalan atau DO.',
  examples: ['DO-84120'],
})
export const typedNotes = z.preprocess(withPlainLineBreaks, notes)

export const confirmUnusual = z.boolean('Isi true atau false.').optional().meta({
  description:
    'Mencatat juga bila jumlahnya tidak biasa atau melebihi kapasitas; tanpa ini ditanyakan (422).',
})

/** The amount that a person was asked about and meant: another amount is asked about again. */
export const confirmedAmount = z.string().max(20).optional()

const kind = z.literal('opening', 'Jenis hanya boleh opening.').optional().meta({
  description: 'Hanya untuk stok awal: yang ada ketika pembukuan dimulai. Bukan untuk kunci API.',
})

/** The body of `POST /api/stock/in` and `/api/stock/out`. Times without an offset are read in `zone`. */
export const apiEntry = perZone((zone) =>
  z
    .strictObject({
      location: apiLocation,
      amount: apiLitres,
      occurredAt: apiTime(zone),
      notes,
      reference,
      consumer,
      kind,
      confirmUnusual,
    })
    .meta({
      id: 'NewEntry',
      description: 'Catatan yang hendak dibuat.',
      override: {
        examples: [
          { location: 'GENSET', amount: '350.50', consumer: 'Genset 1', notes: 'shift pagi' },
        ],
      },
    }),
)

/** The fields of the forms on `/stock/in` and `/stock/out`; an empty time means now. */
export const typedEntry = perZone((zone) =>
  z.object({
    location: location.optional(),
    amount: typedLitres,
    occurredAt: typedTime(zone),
    notes: typedNotes,
    reference,
    consumer,
    kind: z
      .string()
      .optional()
      .transform((value) => value || undefined)
      .pipe(kind),
    confirmUnusual: confirmedAmount,
    requestId: typedRequestId,
  }),
)

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
export function withPlainLineBreaks(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\r\n/g, '\n') : value
}
