import { z } from 'zod'
import { blankAsAbsent } from '#src/http/input.ts'

const UNKNOWN = 'Lokasi tidak dikenal.'

/** The location of a report; without one, all that a person may see. */
export const ReportFilter = z.object({
  location: z
    .preprocess(blankAsAbsent, z.string().min(1, UNKNOWN).max(32, UNKNOWN).optional())
    .meta({
      description: 'Kode lokasi. Tanpa ini: semua yang boleh dilihat.',
      override: { examples: ['GENSET'] },
    }),
})

/** The month of a report, in its path. */
export const ReportPath = z.object({
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .meta({
      description: 'Bulan, yang berjalan atau yang sudah lewat.',
      override: { examples: ['2026-11'] },
    }),
})
