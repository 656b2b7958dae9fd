import { randomBytes } from 'node:crypto'
import { isSameToken, sealOf } from '#src/auth/tokens.ts'
import type { System } from '#src/system.ts'

/**
 * A browser that somebody has signed in by, and to which accounts; the last one stands last. It lets nobody in, but says
 * at the sign-in that this is no stranger (OWASP calls it a device cookie).
 */
export type Browser = { id: string; userIds: number[] }

/** A PC on a counter has many people; what is beyond these is a stranger again. */
const MOST_PEOPLE = 20

/** The browser after this person has signed in by it. */
export function acquaint(browser: Browser | null, userId: number): Browser {
  const others = (browser?.userIds ?? []).filter((id) => id !== userId)
  return {
    id: browser?.id ?? randomBytes(16).toString('hex'),
    userIds: [...others, userId].slice(-MOST_PEOPLE),
  }
}

export function writeBrowser(system: System, { id, userIds }: Browser): string {
  const text = `${id}.${userIds.join('-')}`
  return `${text}.${proofOf(system, text)}`
}

/** Null where we have not written it. */
export function readBrowser(system: System, written: string): Browser | null {
  const [id = '', people = '', proof = ''] = written.split('.')
  if (!isSameToken(proof, proofOf(system, `${id}.${people}`))) return null
  return { id, userIds: people.split('-').map(Number) }
}

const proofOf = (system: System, text: string): string => sealOf(system, `browser:${text}`)
