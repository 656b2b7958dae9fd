import { and, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm'
import type { Asked } from '#src/audit/ways.ts'
import type { Db } from '#src/database/client.ts'
import { systemLogs } from '#src/database/schema/audit.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries, imports } from '#src/database/schema/transactions.ts'
import { apiKeys, users } from '#src/database/schema/users.ts'

/** What can be changed, as the audit trail calls it: "entry:42", and "settings" without a number. */
export const NOUNS = ['entry', 'import', 'location', 'consumer', 'user', 'key', 'settings'] as const
export type Noun = (typeof NOUNS)[number]

/** What was changed: by its noun and number, and by the name that people know it by today. */
export type SubjectView = {
  /** As it is stored; a noun that nobody knows here stands in it alone. */
  stored: string
  noun: Noun | null
  number: number | null
  name: string | null
}

/** An entry with the others of its books that tell of it. */
export type EntryOrigin = { id: number; originalId: number | null; importId: number | null }

/** The index of what was changed. Numbers ascend in it for one thing, not for several. */
const BY_SUBJECT = { index: 'system_logs_subject', order: 'number' } as const
const BY_SUBJECTS = { index: 'system_logs_subject', order: null } as const

/** What a filter asks for that names a kind of thing, or one of them by its number. */
export async function askForThing(
  db: Db,
  { thing, number }: { thing: Noun; number: number | undefined },
): Promise<Asked> {
  const { subject } = systemLogs
  if (thing === 'settings') return { condition: eq(subject, thing), ...BY_SUBJECT }
  if (number === undefined) return { condition: like(subject, `${thing}:%`), ...BY_SUBJECTS }
  const origin = thing === 'entry' ? await findOrigin(db, number) : null
  if (origin) return { condition: tellsOf(origin), ...BY_SUBJECTS }
  return { condition: eq(subject, `${thing}:${number}`), ...BY_SUBJECT }
}

/** Where an entry came from; null where there is none. */
async function findOrigin(db: Db, id: number): Promise<EntryOrigin | null> {
  const [entry] = await db.select(ORIGIN).from(entries).where(eq(entries.id, id))
  return entry ?? null
}

export const ORIGIN = {
  id: entries.id,
  originalId: sql<number | null>`coalesce(${entries.reversesId}, ${entries.replacesId})`,
  importId: entries.importId,
}

/** The booking of an entry or the file that brought it in, the correction that made it, and the one that took it out. */
export function tellsOf({ id, originalId, importId }: EntryOrigin): SQL {
  const isOf = (subject: string) => eq(systemLogs.subject, subject)
  const isCorrection = eq(systemLogs.action, 'entry.correct')
  const told = or(
    isOf(`entry:${id}`),
    originalId === null ? undefined : and(isOf(`entry:${originalId}`), isCorrection),
    importId === null ? undefined : isOf(`import:${importId}`),
  )
  return told ?? sql`false`
}

/** Reads the names of people, places, gensets, files and keys; what comes tells of each subject what it is. */
export async function nameSubjects(
  db: Db,
  stored: string[],
): Promise<(stored: string) => SubjectView> {
  const names = await readNames(db, [...new Set(stored)].map(parseSubject))
  return (subject) => ({ ...parseSubject(subject), name: names.get(subject) ?? null })
}

function parseSubject(stored: string): SubjectView {
  const [word = '', digits] = stored.split(':')
  const noun = NOUNS.find((known) => known === word) ?? null
  const number = digits !== undefined && /^\d{1,15}$/.test(digits) ? Number(digits) : null
  return { stored, noun, number, name: null }
}

async function readNames(db: Db, subjects: SubjectView[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const [noun, read] of Object.entries(READERS)) {
    const numbers = subjects.flatMap((one) =>
      one.noun === noun && one.number !== null ? one.number : [],
    )
    if (numbers.length === 0) continue
    for (const { id, name } of await read(db, numbers)) names.set(`${noun}:${id}`, name)
  }
  return names
}

type ReadNames = (db: Db, ids: number[]) => PromiseLike<{ id: number; name: string }[]>

/** Entries are known by their number, and settings are one thing. */
const READERS: Partial<Record<Noun, ReadNames>> = {
  user: (db, ids) =>
    db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)),
  location: (db, ids) =>
    db
      .select({ id: locations.id, name: locations.name })
      .from(locations)
      .where(inArray(locations.id, ids)),
  consumer: (db, ids) =>
    db
      .select({ id: consumers.id, name: consumers.name })
      .from(consumers)
      .where(inArray(consumers.id, ids)),
  import: (db, ids) =>
    db
      .select({ id: imports.id, name: imports.fileName })
      .from(imports)
      .where(inArray(imports.id, ids)),
  key: (db, ids) =>
    db
      .select({ id: apiKeys.id, name: users.name })
      .from(apiKeys)
      .innerJoin(users, eq(users.id, apiKeys.userId))
      .where(inArray(apiKeys.id, ids)),
}
