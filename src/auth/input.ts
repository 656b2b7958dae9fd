import { z } from 'zod'

/** Which warning was read: a newer one, which nobody has seen, stays. */
export const Acknowledgement = z.object({
  at: z.iso.datetime().transform((text) => new Date(text)),
})
