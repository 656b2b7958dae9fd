import { between, or, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { type Chosen, COUNTED } from '#src/history/chosen.ts'
import { holdsWord } from '#src/history/conditions.ts'
import { isLongWord, wordsOf } from '#src/history/words.ts'

/** The index of words takes about 20 µs for every entry that holds a word. */
const RARE = 5_000
/** So many runs of so many entries tell how frequent a word is, in recent years as in early ones. */
const RUNS = 100
const RUN = 20
/** The longest of many words: they are the rarest. */
const TRIED = 8

/** Those words of a search that the index of words finds quickly, judged by entries from all over the books. */
export async function findRareWords(db: Db, { filter, size }: Chosen): Promise<string[]> {
  const words = wordsOf(filter.search ?? '').filter(isLongWord)
  const last = await readLastId(db)
  // The index holds the words of every location.
  const all = Math.max(last, size)
  if (all <= COUNTED) return words
  const tried = words.sort((a, b) => b.length - a.length).slice(0, TRIED)
  const shares = await readShares(db, tried, last)
  return tried.filter((_, at) => (shares[at] ?? 0) * all <= RARE)
}

async function readLastId(db: Db): Promise<number> {
  const [row] = await db
    .select({ last: sql`coalesce(max(${entries.id}), 0)`.mapWith(Number) })
    .from(entries)
  return row?.last ?? 0
}

/** Which part of the entries holds each word. */
async function readShares(db: Db, words: string[], last: number): Promise<number[]> {
  const runs = Array.from({ length: RUNS }, (_, at) => Math.floor((last * at) / RUNS) + 1)
  const holders = words.map((word) => sql`coalesce(sum(${holdsWord(word)}), 0)`)
  const [row] = await db
    .select({
      rows: sql<number>`count(*)`,
      holders: sql<string>`concat_ws(' ', ${sql.join(holders, sql`, `)})`,
    })
    .from(entries, { forceIndex: 'PRIMARY' })
    .where(or(...runs.map((first) => between(entries.id, first, first + RUN - 1))))
  const counts = row?.holders.split(' ').map(Number) ?? []
  return counts.map((count) => count / Math.max(row?.rows ?? 0, 1))
}
