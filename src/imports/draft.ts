import { z } from 'zod'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

const litres = z.string().transform((text): Litres => parseDecimal(text))

const RowProblem = z.object({
  kind: z.literal('row'),
  line: z.number(),
  column: z.string().nullable(),
  text: z.string().nullable(),
  reason: z.string(),
  advice: z.enum(['create-locations', 'opening']).exactOptional(),
})

/** Where a location would fall below zero, and the opening stock that would cure it. */
const Shortage = z.object({
  /** The moment, on the clock of the company's zone. */
  clock: z.string(),
  line: z.number().nullable(),
  entryId: z.number().nullable(),
  missing: litres,
  /** What the file needs as an opening; null where the opening that is booked should have been larger. */
  opening: litres.nullable(),
  moreThanBooked: litres.nullable(),
})

const PlaceOutcome = z.object({
  code: z.string(),
  isNew: z.boolean(),
  rowsIn: z.number(),
  rowsOut: z.number(),
  litresIn: litres,
  litresOut: litres,
  openingLitres: litres,
  balance: litres,
  shortage: Shortage.nullable(),
})
const counted = {
  rows: z.number(),
  booked: z.number(),
  skipped: z.number(),
  places: z.array(PlaceOutcome),
}

/** What a look at an uploaded file found out, or what became of it. */
const DraftOutcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  z.object({
    state: z.literal('question'),
    asks: z.enum(['decimal', 'dates']),
    sentence: z.string(),
  }),
  z.object({ state: z.literal('refused'), sentence: z.string() }),
  z.object({
    state: z.literal('wrong'),
    rows: z.number(),
    problems: z.number(),
    /** The first of them. */
    shown: z.array(RowProblem),
  }),
  z.object({ state: z.literal('short'), ...counted }),
  z.object({ state: z.literal('ready'), ...counted }),
  z.object({ state: z.literal('booked'), ...counted }),
])

/** An uploaded file on its way into the books, as it is kept beside the file. */
export const Draft = z.object({
  id: z.string(),
  owner: z.object({ id: z.number(), name: z.string() }),
  fileName: z.string(),
  uploadedAt: z.coerce.date(),
  /** Grows with each look: what is booked is what the person has seen. */
  revision: z.number(),
  chosen: z.object({
    createLocations: z.boolean(),
    opening: z.record(z.string(), litres),
    decimal: z.enum(['comma', 'point']).nullable(),
    dates: z.enum(['dmy', 'mdy']).nullable(),
  }),
  outcome: DraftOutcome,
})

export type Draft = z.output<typeof Draft>
export type Chosen = Draft['chosen']
export type DraftOutcome = z.output<typeof DraftOutcome>
export type PlaceOutcome = z.output<typeof PlaceOutcome>
export type Shortage = z.output<typeof Shortage>
/** Whether nothing of the file is left to be booked. */
export const isSettled = ({ outcome }: Draft): boolean =>
  outcome.state === 'booked' || (outcome.state === 'ready' && outcome.booked === 0)

export type Counted = { rows: number; booked: number; skipped: number; places: PlaceOutcome[] }
