import { createHmac } from 'node:crypto'
import type { System } from '#src/system.ts'

/** So that a key is known for one wherever it turns up, in a log or a repository. */
const MARK = 'bbm_'
/** 160 bits, written as digits that a double click takes whole. */
const DIGITS = 40
const PATTERN = new RegExp(`^${MARK}[0-9a-f]{${DIGITS}}$`)
/** By so much of it people tell keys apart; the rest stays secret. */
const SHOWN = 12

/**
 * The key that a request to make one leads to. It is made from the request's own key, so that a form pressed twice, or
 * sent again after its answer was lost, finds the same: nothing readable of it is kept.
 */
export function secretOf({ config }: System, requestId: string): string {
  const made = createHmac('sha256', config.jwtSecret).update(`api-key:${requestId}`).digest('hex')
  return `${MARK}${made.slice(0, DIGITS)}`
}

export const prefixOf = (secret: string): string => secret.slice(0, SHOWN)

/** The key in an Authorization header, or null where that holds none of ours. */
export function readBearer(header: string): string | null {
  const [scheme = '', secret = '', ...rest] = header.trim().split(/ +/)
  const isOurs = scheme.toLowerCase() === 'bearer' && rest.length === 0 && PATTERN.test(secret)
  return isOurs ? secret : null
}
