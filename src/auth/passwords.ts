import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/bcrypt'
import { isCommonPassword } from '#src/auth/common-passwords.ts'
import {
  guessProblem,
  MAX_PASSWORD_BYTES,
  type Owner,
  shapeProblem,
} from '#src/auth/password-rules.ts'

const COST = 12

/** A hash of nothing anybody knows: an unknown e-mail address takes as long to refuse as a wrong password. */
export const DUMMY_HASH = '$2b$12$C6UzMDM.H6dfI/f/IKcEeO1vYq8x6bFv5rHd0F1nGmJ3rVZ0bq6vK'

export function hashPassword(password: string): Promise<string> {
  return hash(password, { cost: COST, rejectLongPasswords: true })
}

/**
 * Compares in constant time; `stored` is null for an account that does not exist or cannot sign in. Whatever the answer,
 * one hash was computed: of a password that is too long to be anybody's, too.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const isTooLong = Buffer.byteLength(password) > MAX_PASSWORD_BYTES
  const matches = await verify(isTooLong ? '' : password, stored ?? DUMMY_HASH)
  return matches && !isTooLong && stored !== null
}

/** Why this may not become somebody's password, as a sentence for its field; null where it may. */
export function passwordProblem(password: string, owner: Owner): string | null {
  return shapeProblem(password) ?? guessProblem(password, owner, isCommonPassword)
}

/** A password that is shown once. One that happens to hold the name of its owner is drawn again. */
export function makePassword(owner: Owner): string {
  const password = randomBytes(12).toString('base64url')
  return passwordProblem(password, owner) === null ? password : makePassword(owner)
}
