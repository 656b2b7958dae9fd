import { randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import { hashToken } from '#src/auth/tokens.ts'
import type { Db } from '#src/database/client.ts'
import { apiKeys, users } from '#src/database/schema/users.ts'
import type { KeyInput } from '#src/keys/input.ts'
import { findKey, type KeyView } from '#src/keys/queries.ts'
import { prefixOf, secretOf } from '#src/keys/secret.ts'
import { findWorkplace } from '#src/locations/workplace.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { answerOnce, identify, type WriteRequest } from '#src/requests.ts'
import type { System } from '#src/system.ts'

/** Who asks, and under which key. */
type By = { actor: { id: number }; request: WriteRequest }

/** A key that was made. `secret` is null where it can no longer be shown; `isRepeat` where this very request had made it before. */
export type KeyMade = { key: KeyView; secret: string | null; isRepeat: boolean }

/** A second press and a lost answer come back within minutes; whoever comes later has seen the key already. */
const SHOWN_AGAIN_MS = 10 * 60_000

/** Makes a key and the account in whose name it asks. Throws Rejected 422 where its location is not one to work at. */
export async function createKey(
  system: System,
  { actor, request }: By,
  input: KeyInput,
): Promise<KeyMade> {
  const { name, scope, location } = input
  const known = identify(request, { actorId: actor.id, sent: [name, scope, location] })
  const secret = secretOf(system, known.id)
  const { result: id, isRepeat } = await answerOnce(system, known, async (tx, look) => {
    await look()
    const createdAt = system.now()
    const userId = await addAccount(tx, input, createdAt)
    const [made] = await tx.insert(apiKeys).values({
      userId,
      hash: hashToken(secret),
      prefix: prefixOf(secret),
      scope,
      createdAt,
      createdBy: actor.id,
    })
    const after = auditable(await loadKey(tx, made.insertId))
    await recordKeyChange(tx, system, { actor, action: 'key.create', id: made.insertId, after })
    return made.insertId
  })
  const key = await loadKey(system.db, id)
  const isShown = await mayBeShown(system, key, secret)
  return { key, secret: isShown ? secret : null, isRepeat }
}

/** Ends a key at once and for good; one that has ended stays as it is. Throws Rejected 404 where there is none. */
export async function revokeKey(
  system: System,
  { actor, request }: By,
  id: number,
): Promise<KeyView> {
  const known = identify(request, { actorId: actor.id, sent: [id] })
  await answerOnce(system, known, async (tx, look) => {
    const [row] = await tx.select().from(apiKeys).where(eq(apiKeys.id, id)).for('update')
    await look()
    const key = await loadKey(tx, id)
    if (!row || row.revokedAt !== null) return null
    const revokedAt = system.now()
    await tx.update(apiKeys).set({ revokedAt }).where(eq(apiKeys.id, id))
    await tx.update(users).set({ active: false }).where(eq(users.id, row.userId))
    const [before, after] = [auditable(key), auditable({ ...key, revokedAt })]
    await recordKeyChange(tx, system, { actor, action: 'key.revoke', id, before, after })
    return null
  })
  return loadKey(system.db, id)
}

/** Nobody signs in to it: it has no password, and no mail reaches it. */
async function addAccount(tx: Db, { name, location }: KeyInput, createdAt: Date): Promise<number> {
  const [result] = await tx.insert(users).values({
    email: `kunci-${randomBytes(8).toString('hex')}@bawaan.invalid`,
    name,
    // Reach to one location, or to all, is held for programs as for people.
    role: location === null ? 'supervisor' : 'operasional',
    locationId: location === null ? null : await workplaceOf(tx, location),
    builtIn: true,
    createdAt,
  })
  return result.insertId
}

async function workplaceOf(tx: Db, code: string): Promise<number> {
  const place = await findWorkplace(tx, code)
  if ('id' in place) return place.id
  throw new Rejected(422, place.problem, { location: place.problem })
}

async function loadKey(db: Db, id: number): Promise<KeyView> {
  const key = await findKey(db, id)
  if (!key) throw notFound()
  return key
}

async function mayBeShown(system: System, key: KeyView, secret: string): Promise<boolean> {
  const age = system.now().getTime() - key.createdAt.getTime()
  if (key.revokedAt !== null || age > SHOWN_AGAIN_MS) return false
  // Under another secret of the server the same request leads to another key, which is good for nothing.
  const [same] = await system.db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.id, key.id), eq(apiKeys.hash, hashToken(secret))))
  return same !== undefined
}

type Auditable = ReturnType<typeof auditable>

/** What the audit trail keeps: nothing that a key could be found from. */
const auditable = ({ name, scope, location, prefix, revokedAt }: KeyView) => ({
  name,
  scope,
  location,
  prefix,
  revokedAt,
})

function recordKeyChange(
  tx: Db,
  system: System,
  change: {
    actor: { id: number }
    action: string
    id: number
    before?: Auditable
    after: Auditable
  },
): Promise<void> {
  const { actor, action, id, ...states } = change
  return recordChange(tx, {
    chain: ADMINISTRATION_CHAIN,
    at: system.now(),
    userId: actor.id,
    action,
    subject: `key:${id}`,
    ...states,
  })
}
