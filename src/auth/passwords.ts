import { hash, verify } from '@node-rs/bcrypt'

const COST = 12

/** bcrypt reads no further than this. */
export const MAX_PASSWORD_BYTES = 72
export const MIN_PASSWORD_LENGTH = 10

/** A hash of nothing anybody knows: an unknown e-mail address takes as long to refuse as a wrong password. */
const DUMMY_HASH = '$2b$12$C6UzMDM.H6dfI/f/IKcEeO1vYq8x6bFv5rHd0F1nGmJ3rVZ0bq6vK'

export function hashPassword(password: string): Promise<string> {
  return hash(password, { cost: COST, rejectLongPasswords: true })
}

/** Compares in constant time; `stored` is null for an account that does not exist or cannot sign in. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const isTooLong = Buffer.byteLength(password) > MAX_PASSWORD_BYTES
  const matches = await verify(isTooLong ? '' : password, stored ?? DUMMY_HASH)
  return matches && !isTooLong && stored !== null
}
