import { z } from 'zod'

const decimal = z.string().regex(/^-?\d+\.\d{2}$/)

/** What a message tells, fixed when it is written: the body of the webhook, and what the e-mail is made of. */
export const StockPayload = z.strictObject({
  /** The delivery id. */
  id: z.string(),
  event: z.enum(['stock.low', 'stock.recovered']),
  location: z.string(),
  name: z.string(),
  litres: decimal,
  /** Null where the location recovered because its threshold was taken away. */
  thresholdLitres: decimal.nullable(),
  at: z.iso.datetime(),
})
export type StockPayload = z.infer<typeof StockPayload>
export type StockEvent = StockPayload['event']
