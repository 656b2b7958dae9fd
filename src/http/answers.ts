import { z } from 'zod'
import type { Answer } from '#src/http/api-route.ts'

/** Litres as the API answers them. */
export const litres = (description: string) =>
  z
    .string()
    .regex(/^-?\d+\.\d{2}$/)
    .meta({ description, examples: ['1250.50'] })

export const instant = (description: string) =>
  z.iso.datetime({ precision: 3 }).meta({ description, examples: ['2026-11-23T06:05:00.000Z'] })

export const day = (description: string) =>
  z.iso.date().meta({ description, examples: ['2026-11-23'] })

export const recordNumber = (description: string) => z.int().min(1).meta({ description })

export const count = (description: string) => z.int().min(0).meta({ description })

export const words = (description: string, example: string) =>
  z.string().meta({ description, examples: [example] })

export const locationCode = (description = 'Kode lokasi.') => words(description, 'GENSET')

/** An answer that carries what was asked for as `data`. */
export const answer = (description: string, schema: z.ZodType): Answer => ({
  description,
  schema: z.strictObject({ data: schema }),
})

/** What a keyed write that makes something answers: the first time, and each time it is sent again. */
export const made = (description: string, schema: z.ZodType) => ({
  201: answer(description, schema),
  200: answer('Permintaan ini sudah pernah dijalankan: jawaban yang pertama.', schema),
})
