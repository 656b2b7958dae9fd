import { eq } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import type { ConsumerChange, ConsumerInput } from '#src/consumers/input.ts'
import { type ConsumerView, findConsumer } from '#src/consumers/queries.ts'
import type { Db } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { notFound } from '#src/rejected.ts'
import { answerOnce, type By, FROM_SHELL, identify, refuseTaken } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { checkVersion } from '#src/version.ts'

const TAKEN = {
  field: 'name',
  sentence: 'Nama ini sudah dipakai di lokasi ini. Pakai nama lain.',
}

/** `isRepeat` where this very request had made or changed it before. */
export type ConsumerWritten = { consumer: ConsumerView; isRepeat: boolean }

/**
 * Adds a genset or a tug to a location. Throws Rejected 404 where there is no such location, 409 where another one there
 * has its name.
 */
export async function createConsumer(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { locationId, input }: { locationId: number; input: ConsumerInput },
): Promise<ConsumerWritten> {
  const known = identify(request, { actorId: actor?.id ?? null, sent: [locationId, input] })
  const write = () =>
    answerOnce(system, known, async (tx, look) => {
      await lockLocation(tx, locationId)
      await look()
      const [result] = await tx.insert(consumers).values({ ...input, locationId })
      const after = await loadConsumer(tx, result.insertId)
      await record(tx, system, { actor, action: 'consumer.create', after })
      return after
    })
  const { result, isRepeat } = await refuseTaken(write, TAKEN)
  return { consumer: result, isRepeat }
}

/**
 * Changes a genset or a tug. What was booked for it follows its name. `version` is that of the consumer as a form showed
 * it. Throws Rejected 404 where there is none, 409 where another one of its location has the name or it has changed
 * meanwhile.
 */
export async function changeConsumer(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { id, change, version }: { id: number; change: ConsumerChange; version?: string | undefined },
): Promise<ConsumerWritten> {
  const seen = version === undefined ? [] : [version]
  const known = identify(request, { actorId: actor?.id ?? null, sent: [id, change, ...seen] })
  const write = () =>
    answerOnce(system, known, async (tx, look) => {
      await lockConsumer(tx, id)
      const before = await loadConsumer(tx, id)
      await look()
      checkVersion(before, version)
      if (Object.values(change).every((value) => value === undefined)) return before
      await tx.update(consumers).set(change).where(eq(consumers.id, id))
      const after = await loadConsumer(tx, id)
      if (JSON.stringify(after) === JSON.stringify(before)) return before
      await record(tx, system, { actor, action: 'consumer.change', before, after })
      return after
    })
  const { result, isRepeat } = await refuseTaken(write, TAKEN)
  return { consumer: result, isRepeat }
}

/** Those who add to one location take turns, so that a repeat finds the first. */
async function lockLocation(tx: Db, id: number): Promise<void> {
  const [row] = await tx
    .select({ id: locations.id })
    .from(locations)
    .where(eq(locations.id, id))
    .for('update')
  if (!row) throw notFound()
}

async function lockConsumer(tx: Db, id: number): Promise<void> {
  await tx.select({ id: consumers.id }).from(consumers).where(eq(consumers.id, id)).for('update')
}

async function loadConsumer(tx: Db, id: number): Promise<ConsumerView> {
  const consumer = await findConsumer(tx, id)
  if (!consumer) throw notFound()
  return consumer
}

async function record(
  tx: Db,
  system: System,
  change: {
    actor: { id: number } | null
    action: 'consumer.create' | 'consumer.change'
    before?: ConsumerView
    after: ConsumerView
  },
): Promise<void> {
  await recordChange(tx, {
    chain: ADMINISTRATION_CHAIN,
    at: system.now(),
    userId: change.actor?.id ?? null,
    action: change.action,
    subject: `consumer:${change.after.id}`,
    ...(change.before && { before: auditable(change.before) }),
    after: auditable(change.after),
  })
}

const auditable = ({ id: _, ...told }: ConsumerView) => told
