import { createHash, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { errnoOf } from '#src/database/errors.ts'
import { requests } from '#src/database/schema/requests.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { inTransaction, untilKnown } from '#src/database/transaction.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'

/** The key of a write and where it was sent to. Without a key two sendings are two writes. */
export type WriteRequest = { id: string | null; endpoint: string }

/** Who asks, and under which key. `actor` is null when the shell or the first start does it. */
export type By = { actor: { id: number } | null; request?: WriteRequest }

/** A write that no request asked for: a person at the shell, or the first start. */
export const FROM_SHELL: WriteRequest = { id: null, endpoint: 'shell' }

/** A request that can be known again: its key, and a hash over endpoint, person and fields as sent. */
export type KnownRequest = { id: string; hash: string; isSent: boolean }

/** What a request left behind: an entry of the ledger, or an answer. */
export type Trace = { entryId: number | null; answer: string | null }

const DUPLICATE = 1062

/**
 * Gives the request its identity. One without a key gets one of the server's own, under which it finds itself again
 * when a connection breaks at COMMIT; it holds a space, so that nobody can send it.
 */
export function identify(
  request: WriteRequest,
  { actorId, sent }: { actorId: number | null; sent: unknown },
): KnownRequest {
  const hash = createHash('sha256')
    .update(JSON.stringify([request.endpoint, actorId, sent]))
    .digest('hex')
  return { id: request.id ?? `server ${randomUUID()}`, hash, isSent: request.id !== null }
}

/** What this very request left behind. Throws Rejected 409 where its key belongs to another request. */
export async function findTrace(tx: Db, request: KnownRequest): Promise<Trace | null> {
  const [found] = await unionAll(
    tx
      .select({
        hash: entries.requestHash,
        entryId: sql<string | null>`${entries.id}`,
        answer: sql<string | null>`null`,
      })
      .from(entries)
      .where(eq(entries.requestId, request.id)),
    tx
      .select({
        hash: requests.hash,
        entryId: sql<string | null>`null`,
        answer: sql<string | null>`${requests.answer}`,
      })
      .from(requests)
      .where(eq(requests.id, request.id)),
  )
  if (!found) return null
  // The union of a number and nothing comes back as text.
  const entryId = found.entryId === null ? null : Number(found.entryId)
  if (found.hash === request.hash) return { entryId, answer: found.answer }
  throw new Rejected(
    409,
    'Kunci permintaan ini sudah dipakai untuk permintaan lain. Kirim dengan kunci yang baru.',
  )
}

/** Carries a repeat out of its transaction, in which there is nothing to do. */
class Repeated<Result> extends Error {
  override name = 'Repeated'
  constructor(readonly result: Result) {
    super('this request was carried out before')
  }
}

/** How a write is carried out, and found again. */
export type KeyedWrite<Result> = {
  /** What an earlier sending of the request led to. */
  find: (tx: Db, trace: Trace) => Promise<Result>
  /** Must call `look` before it books: once it holds its lock, where nobody of the same key can be quicker. */
  write: (tx: Db, look: () => Promise<void>) => Promise<Result>
}

/**
 * Carries out a write once per key, in one transaction. A repeat is answered before any other check. Where the
 * connection breaks at COMMIT the write is sent again until it is known to be booked, or not.
 */
export async function writeOnce<Result>(
  system: System,
  request: KnownRequest,
  { find, write }: KeyedWrite<Result>,
): Promise<{ result: Result; isRepeat: boolean }> {
  const attempt = (isNew: boolean) =>
    inTransaction(system.db, async (tx) => {
      const look = async () => {
        const trace = isNew ? null : await findTrace(tx, request)
        if (trace) throw new Repeated(await find(tx, trace))
      }
      try {
        return await write(tx, look)
      } catch (error) {
        // What is refused on the way to the lock may have been booked before: then that is the answer.
        if (error instanceof Rejected) await look()
        throw error
      }
    })
  return untilKnown(async (isAgain) => {
    try {
      // Nobody else can know a key of the server's own, and at the first try it is nowhere.
      const isNew = !request.isSent && !isAgain
      return { result: await retryDuplicate(() => attempt(isNew)), isRepeat: false }
    } catch (error) {
      if (!(error instanceof Repeated)) throw error
      // Found at the second try of one call, it is this call that booked it.
      return { result: error.result, isRepeat: !isAgain }
    }
  })
}

/** The same for a write that leaves no entry: its answer, which must survive JSON, is kept under the key. */
export function answerOnce<Answer>(
  system: System,
  request: KnownRequest,
  write: KeyedWrite<Answer>['write'],
): Promise<{ result: Answer; isRepeat: boolean }> {
  return writeOnce(system, request, {
    find: async (_, trace) => JSON.parse(trace.answer ?? 'null') as Answer,
    write: async (tx, look) => {
      const answer = await write(tx, look)
      const { id, hash } = request
      const recordedAt = system.now()
      await tx.insert(requests).values({ id, hash, recordedAt, answer: JSON.stringify(answer) })
      return answer
    },
  })
}

/** One of the same key may have been written between the look-up and the insert: the second time it is found. */
async function retryDuplicate<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return write()
  }
}

/** Carries out a write. Throws Rejected 409 at this field where its value must be unique and is there already. */
export async function refuseTaken<Result>(
  write: () => Promise<Result>,
  { field, sentence }: { field: string; sentence: string },
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new Rejected(409, sentence, { [field]: sentence })
  }
}

const isDuplicate = (error: unknown): boolean => errnoOf(error) === DUPLICATE
