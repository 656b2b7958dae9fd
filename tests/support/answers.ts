import { z } from 'zod'

const decimal = z.string().regex(/^-?\d+\.\d{2}$/)
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

/** The shapes that the API promises: nothing missing and nothing more. */
export const EntryJson = z.strictObject({
  id: z.number().int(),
  type: z.enum(['IN', 'OUT']),
  kind: z.enum(['opening', 'delivery', 'usage', 'adjustment', 'transfer', 'reversal']),
  amount: decimal,
  location: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  userName: z.string(),
  notes: z.string().nullable(),
  reference: z.string().nullable(),
  consumer: z.string().nullable(),
  reversesId: z.number().nullable(),
  reversedById: z.number().nullable(),
  balanceAfter: decimal,
})

/** What a correction answers. */
export const CorrectionJson = z.strictObject({
  reversal: EntryJson,
  replacement: EntryJson.nullable(),
})

const count = z.number().int().min(0)

export const HistoryJson = z.strictObject({
  data: z.array(EntryJson),
  pagination: z.strictObject({
    page: count,
    limit: count,
    total: count,
    totalPages: count,
    // Only where words are looked for: then pages have cursors and no numbers.
    newer: z.string().nullish(),
    older: z.string().nullish(),
    // Only where a page is not full because no more was looked at.
    searchedUntil: day.optional(),
  }),
  totals: z.strictObject({
    entries: count,
    isMore: z.literal(true).optional(),
    isPartial: z.literal(true).optional(),
    // Null only where more than ten thousand entries would have to be added up.
    litresIn: decimal,
    litresOut: decimal,
    net: decimal,
  }),
})

const dayFigures = { opening: decimal, in: decimal, out: decimal, closing: decimal }

const forecast = z.strictObject({
  usageDays: count,
  meanDaily: decimal,
  thresholdDate: day.nullable(),
  emptyDate: day.nullable(),
})

export const SummaryJson = z.array(
  z.strictObject({
    location: z.string(),
    name: z.string(),
    balance: decimal,
    capacity: decimal.nullable(),
    today: z.strictObject(dayFigures),
    lowStock: z.boolean(),
    cover: z.strictObject({ recent: forecast, long: forecast }).nullable(),
  }),
)

export const TrendJson = z.array(z.strictObject({ date: day, location: z.string(), ...dayFigures }))

const role = z.enum(['admin', 'supervisor', 'operasional'])
const person = {
  id: z.number(),
  email: z.string(),
  name: z.string(),
  role,
  location: z.string().nullable(),
}
export const MeJson = z.strictObject({ user: z.strictObject(person) })
export const UserJson = z.strictObject({ ...person, active: z.boolean() })

export const LocationJson = z.strictObject({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  capacity: decimal.nullable(),
  lowStockThreshold: decimal.nullable(),
  active: z.boolean(),
})

const Refusal = z.strictObject({
  error: z.string().min(1),
  details: z.record(z.string(), z.string()),
})

/** The `data` of an answer in its promised shape. */
export async function dataOf<Shape extends z.ZodType>(
  response: Response,
  shape: Shape,
): Promise<z.output<Shape>> {
  return z
    .strictObject({ data: z.unknown() })
    .transform(({ data }) => shape.parse(data))
    .parse(await response.json())
}

/** The sentence and the fields of a refusal, in the one shape that the API has for all of them. */
export async function refusalOf(response: Response): Promise<z.output<typeof Refusal>> {
  return Refusal.parse(await response.json())
}
