import { randomBytes } from 'node:crypto'
import { isSameToken, sealOf } from '#src/auth/tokens.ts'
import type { System } from '#src/system.ts'

/**
 * A browser that somebody has signed in by, and to which accounts; the last one stands last. It lets nobody in, but says
 * at the sign-in that this is no stranger (OWASP calls it a device cookie).
 */
export type Browser = { id: string; people: Acquaintance[] }

/** `tag`: under which password of theirs it was. After a new one whoever knew the old one is a stranger again. */
type Acquaintance = { id: number; tag: string }
type Account = { id: number; passwordHash: string | null }

/** A PC on a counter has many people; what is beyond these is a stranger again. */
const MOST_PEOPLE = 20
const TAG_LENGTH = 12

/** The browser after this person has signed in by it. */
export function acquaint(system: System, browser: Browser | null, account: Account): Browser {
  const id = browser?.id ?? randomBytes(16).toString('hex')
  const others = (browser?.people ?? []).filter((person) => person.id !== account.id)
  const person = { id: account.id, tag: tagOf(system, id, account) }
  return { id, people: [...others, person].slice(-MOST_PEOPLE) }
}

export function isKnownAt(system: System, { id, people }: Browser, account: Account): boolean {
  const tag = tagOf(system, id, account)
  return people.some((person) => person.id === account.id && isSameToken(person.tag, tag))
}

export function writeBrowser(system: System, { id, people }: Browser): string {
  const text = `${id}.${people.map((person) => `${person.id}~${person.tag}`).join('!')}`
  return `${text}.${proofOf(system, text)}`
}

/** Null where we have not written it. */
export function readBrowser(system: System, written: string): Browser | null {
  const [id = '', known = '', proof = ''] = written.split('.')
  if (!isSameToken(proof, proofOf(system, `${id}.${known}`))) return null
  const people = known.split('!').map((person) => {
    const [number, tag = ''] = person.split('~')
    return { id: Number(number), tag }
  })
  return { id, people }
}

const proofOf = (system: System, text: string): string => sealOf(system, `browser:${text}`)

const tagOf = (system: System, browserId: string, { id, passwordHash }: Account): string =>
  sealOf(system, `known:${browserId}:${id}:${passwordHash}`).slice(0, TAG_LENGTH)
