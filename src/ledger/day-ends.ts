import { and, eq, gt, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { preparedFor, slot, slots } from '#src/database/prepared.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isCounted, selectPlaced } from '#src/ledger/placed.ts'
import { signed } from '#src/ledger/rules.ts'
import type { Shown, Span } from '#src/ledger/span.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/**
 * Long days: from their opening or their closing, whichever is nearer, to each entry the index is added up. That may
 * heed no reversals, which lie in the minute of what they take back: outside of it both come to zero. Only where such a
 * minute itself is shown its entries are opened.
 */
export async function readFromEnds(
  db: Db,
  spans: Span[],
  shown: Shown[],
): Promise<Map<number, Litres>> {
  const sums = await sumToEntries(db, spans, shown)
  const balances = new Map<number, Litres>()
  for (const { span, id, own, total } of sums) {
    const { isFromEnd, opening, closing } = spans[span] ?? {
      isFromEnd: false,
      opening: 0n,
      closing: 0n,
    }
    balances.set(id, isFromEnd ? closing - total + own : opening + total)
  }
  const corrected = findCorrectedMinutes(shown)
  for (const { id, balance } of await readThroughMinutes(db, corrected, balances))
    balances.set(id, balance)
  return balances
}

type EntrySum = { span: number; id: number; own: Litres; total: Litres }

/** For each entry: all litres from the nearer end of its day to it, itself included. From the index alone. */
async function sumToEntries(db: Db, spans: Span[], shown: Shown[]): Promise<EntrySum[]> {
  const ids = new Map<string, number[]>()
  for (const { id, locationId, businessDay } of shown) {
    const key = `${locationId} ${businessDay}`
    ids.set(key, [...(ids.get(key) ?? []), id])
  }
  const values: Record<string, unknown> = {}
  for (const [index, { locationId, day, end, nearest, farthest }] of spans.entries()) {
    values[`place${index}`] = locationId
    values[`end${index}`] = end
    values[`nearAt${index}`] = nearest.at
    values[`nearId${index}`] = nearest.id
    values[`farAt${index}`] = farthest.at
    values[`farId${index}`] = farthest.id
    values[`ids${index}`] = ids.get(`${locationId} ${day}`) ?? []
  }
  return selectSums(
    db,
    spans.map(({ isFromEnd }) => isFromEnd),
    values,
  )
}

/** A part for each span, by which end it is added up from. */
const selectSums = preparedFor((db, areFromEnd: boolean[]) => {
  const parts = areFromEnd.map((isFromEnd, index) => {
    const direction = sql.raw(isFromEnd ? 'desc' : 'asc')
    const span = sql.raw(String(index))
    const isHere = eq(entries.locationId, sql.placeholder(`place${index}`))
    // One sum costs a third of a running one, which only the part between the entries shown needs.
    const before = sql`select coalesce(sum(${SIGNED}), 0) from ${entries}
      where ${isHere} and ${isBeforeNearest(index, isFromEnd)}`
    return sql`select ${span} as span, id, own, (${before}) + running as total from (
      select ${entries.id} as id, ${SIGNED} as own,
        sum(${SIGNED}) over (order by ${entries.occurredAt} ${direction}, ${entries.id} ${direction}) as running
      from ${entries} where ${isHere} and ${isBetweenShown(index, isFromEnd)}
    ) as sums_${span} where id in ${slots(entries.id, `ids${index}`)}`
  })
  return db
    .select({
      span: sql<number>`span`,
      id: sql<number>`id`,
      own: sql`own`.mapWith(parseDecimal),
      total: sql`total`.mapWith(parseDecimal),
    })
    .from(sql`(${sql.join(parts, sql` union all `)}) as sums`)
})

const SIGNED = sql`if(${entries.type} = 'IN', ${entries.litres}, -${entries.litres})`

/** From the end of the day to the nearest entry shown; of its minute, which may hold hundreds, what comes before it. */
function isBeforeNearest(index: number, isFromEnd: boolean): SQL | undefined {
  const { id, occurredAt } = entries
  const end = slot(occurredAt, `end${index}`)
  const at = slot(occurredAt, `nearAt${index}`)
  const nearest = sql.placeholder(`nearId${index}`)
  return isFromEnd
    ? or(and(gt(occurredAt, at), lte(occurredAt, end)), and(eq(occurredAt, at), gt(id, nearest)))
    : or(and(gte(occurredAt, end), lt(occurredAt, at)), and(eq(occurredAt, at), lt(id, nearest)))
}

/** From the nearest entry shown to the farthest, both included. */
function isBetweenShown(index: number, isFromEnd: boolean): SQL | undefined {
  const { id, occurredAt } = entries
  const [first, last] = isFromEnd ? ['far', 'near'] : ['near', 'far']
  const from = slot(occurredAt, `${first}At${index}`)
  const until = slot(occurredAt, `${last}At${index}`)
  const isSince = gte(id, sql.placeholder(`${first}Id${index}`))
  const isUntil = lte(id, sql.placeholder(`${last}Id${index}`))
  return and(
    or(gt(occurredAt, from), and(eq(occurredAt, from), isSince)),
    or(lt(occurredAt, until), and(eq(occurredAt, until), isUntil)),
  )
}

type Minute = { locationId: number; at: Date }

/** The minutes shown in which something was taken back. */
function findCorrectedMinutes(shown: Shown[]): Minute[] {
  const minutes = new Map<string, Minute>()
  for (const { locationId, occurredAt: at, isMinuteCorrected } of shown)
    if (isMinuteCorrected) minutes.set(`${locationId} ${at.getTime()}`, { locationId, at })
  return [...minutes.values()]
}

/**
 * The entries of such minutes, one after the other. Begins with what was left before the minute: the balance that the
 * sums give its first entry, which is right but for the order within the minute, less all of the minute up to there.
 */
async function readThroughMinutes(
  db: Db,
  corrected: Minute[],
  balances: Map<number, Litres>,
): Promise<{ id: number; balance: Litres }[]> {
  if (corrected.length === 0) return []
  const rows = await selectPlaced(
    db,
    or(
      ...corrected.map(({ locationId, at }) =>
        and(eq(entries.locationId, locationId), eq(entries.occurredAt, at)),
      ),
    ),
  )
  return corrected.flatMap(({ locationId, at }) => {
    const here = rows.filter(
      (row) => row.locationId === locationId && row.at.getTime() === at.getTime(),
    )
    const byNumber = [...here].sort((a, b) => a.id - b.id)
    const known = byNumber.findIndex(({ id }) => balances.has(id))
    const upTo = byNumber.slice(0, known + 1).reduce((sum, row) => sum + signed(row), 0n)
    let balance = (balances.get(byNumber[known]?.id ?? 0) ?? 0n) - upTo
    return here.map((row) => {
      if (isCounted(row)) balance += signed(row)
      return { id: row.id, balance }
    })
  })
}
