import { z } from 'zod'
import { blankAsAbsent } from '#src/http/input.ts'
import { typedLitres } from '#src/ledger/input.ts'

const OPENING = 'opening.'
const MAX_OPENINGS = 200

/** What can be chosen for a whole file. An opening stock that is left empty is none. */
export const TypedChoice = z.object({
  createLocations: z
    .string()
    .optional()
    .transform((value) => value !== undefined),
  decimal: z
    .preprocess(blankAsAbsent, z.enum(['comma', 'point'], 'Pilih satu.').optional())
    .transform((value) => value ?? null),
  dates: z
    .preprocess(blankAsAbsent, z.enum(['dmy', 'mdy'], 'Pilih satu.').optional())
    .transform((value) => value ?? null),
  opening: z.record(z.string().max(100), typedLitres),
})

/** The fields of a form, with those of opening stocks (`opening.GENSET`) gathered; empty ones are left out. */
export function gatherOpenings(typed: Record<string, string>) {
  const opening = Object.entries(typed)
    .filter(([name, value]) => name.startsWith(OPENING) && value.trim() !== '')
    .slice(0, MAX_OPENINGS)
    .map(([name, value]) => [name.slice(OPENING.length), value] as const)
  const { createLocations, decimal, dates } = typed
  return { createLocations, decimal, dates, opening: Object.fromEntries(opening) }
}
