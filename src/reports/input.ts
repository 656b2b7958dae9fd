import { z } from 'zod'
import { blankAsAbsent } from '#src/http/input.ts'

const UNKNOWN = 'Lokasi tidak dikenal.'

/** The location of a report; without one, all that a person may see. */
export const ReportFilter = z.object({
  location: z.preprocess(blankAsAbsent, z.string().min(1, UNKNOWN).max(32, UNKNOWN).optional()),
})
