import type { StockPayload } from '#src/alerts/payload.ts'

/** A message as its channel sends it: `body` byte for byte as it was written. */
export type Sendable = { deliveryId: string; payload: StockPayload; body: string }

/** Delivered, perhaps with a note; or wanted by nobody, and why. */
export type Outcome = { note: string | null } | { unwanted: string }
