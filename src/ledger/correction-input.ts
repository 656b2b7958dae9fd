import { z } from 'zod'
import { documented } from '#src/http/documented.ts'
import { typedRequestId } from '#src/http/input.ts'
import {
  apiLitres,
  apiTime,
  confirmedAmount,
  confirmUnusual,
  consumer,
  notes,
  reference,
  text,
  typedLitres,
  typedNotes,
  typedTime,
} from '#src/ledger/input.ts'
import type { Litres } from '#src/units/litres.ts'
import { perZone } from '#src/units/per-zone.ts'

export const MIN_REASON = 5
export const MAX_REASON = 500
const REASON = `Tulis alasannya, ${MIN_REASON} sampai ${MAX_REASON} huruf.`

const reason = documented(
  z
    .string(REASON)
    .trim()
    .refine((value) => [...value].length >= MIN_REASON, REASON)
    .pipe(text('Alasan', MAX_REASON))
    .transform((value) => value ?? ''),
  {
    type: 'string',
    minLength: MIN_REASON,
    maxLength: MAX_REASON,
    description: 'Mengapa diperbaiki.',
    examples: ['salah ketik: 5000 seharusnya 500'],
  },
)

/** What is left out of a replacement stays as it was; null takes it away. */
const apiReplacement = (zone: string) =>
  z.strictObject({
    amount: apiLitres,
    occurredAt: apiTime(zone),
    notes: notes.optional(),
    reference: reference.optional(),
    consumer: consumer.optional(),
  })

/** The body of `POST /api/stock/corrections`. */
export const apiCorrection = perZone((zone) =>
  z
    .strictObject({
      entryId: z.int('Isi nomor catatan.').positive('Isi nomor catatan.').meta({
        description: 'Nomor catatan yang salah.',
      }),
      reason,
      replacement: apiReplacement(zone)
        .nullish()
        .transform((value) => value ?? null)
        .meta({
          description:
            'Catatan yang benar. Yang tidak disebut tetap seperti semula; null menghapusnya. Tanpa pengganti, catatan itu dibatalkan.',
        }),
      confirmUnusual,
    })
    .meta({
      id: 'NewCorrection',
      description: 'Perbaikan yang hendak dibuat.',
      override: {
        examples: [
          {
            entryId: 42,
            reason: 'salah ketik: 5000 seharusnya 500',
            replacement: { amount: '500.00' },
          },
        ],
      },
    }),
)

const typedParts = {
  entryId: z
    .string('Isi nomor catatan.')
    .regex(/^[1-9]\d{0,14}$/, 'Isi nomor catatan.')
    .transform(Number),
  requestId: typedRequestId,
  confirmUnusual: confirmedAmount,
}

/** How much of the form must be right already: all of it, or enough for a look ahead. */
const typedWith = (zone: string, typedReason: z.ZodType<string>) =>
  z.discriminatedUnion(
    'mode',
    [
      z
        .object({ ...typedParts, reason: typedReason, mode: z.literal('reverse') })
        .transform((fields) => ({ ...fields, replacement: null })),
      z
        .object({
          ...typedParts,
          reason: typedReason,
          mode: z.literal('replace'),
          'replacement.amount': typedLitres,
          'replacement.occurredAt': typedTime(zone),
          'replacement.notes': typedNotes,
          'replacement.reference': reference,
          'replacement.consumer': consumer,
        })
        .transform((fields) => ({
          ...fields,
          replacement: {
            amount: fields['replacement.amount'],
            occurredAt: fields['replacement.occurredAt'],
            notes: fields['replacement.notes'],
            reference: fields['replacement.reference'],
            consumer: fields['replacement.consumer'],
          },
        })),
    ],
    'Pilih: ganti dengan yang benar, atau batalkan saja.',
  )

/** The form of a correction. */
export const typedCorrection = perZone((zone) => typedWith(zone, reason))

/** The same form half filled, for showing what it would do. */
export const typedPreview = perZone((zone) => typedWith(zone, z.string().default('')))

/** The right figure, asked for in place of the wrong one. Undefined leaves a part as it was; no time means the same. */
export type ReplacementInput = {
  amount: Litres
  occurredAt: Date | null
  notes?: string | null | undefined
  reference?: string | null | undefined
  consumer?: string | null | undefined
}

export type CorrectionInput = {
  entryId: number
  reason: string
  replacement: ReplacementInput | null
}
