import { and, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { consumerDays, consumers } from '#src/database/schema/locations.ts'
import { compareFigure, type WrongFigure } from '#src/ledger/verify/figures.ts'
import { type Sums, type UseRow, useKey } from '#src/ledger/verify/sums.ts'
import { formatDay } from '#src/units/business-day.ts'

/** What was used by each genset or tug of a location as it is stored, by `useKey`, and the names of all that there are. */
export type Uses = { rows: Sums['uses']; names: Map<number, string> }

export async function readUses(db: Db, locationId: number): Promise<Uses> {
  const rows = await db.select().from(consumerDays).where(eq(consumerDays.locationId, locationId))
  const named = await db.select({ id: consumers.id, name: consumers.name }).from(consumers)
  return {
    rows: new Map(rows.map(({ locationId: _, ...row }) => [useKey(row), row])),
    names: new Map(named.map(({ id, name }) => [id, name])),
  }
}

const USE_FIGURES = ['litres', 'entries'] as const
const NONE = { litres: 0n, entries: 0 }

/** A row of nothing, which a correction leaves behind, is as good as none. */
export function compareUses(
  { code }: { code: string },
  { rows, names }: Uses,
  sums: Sums,
): WrongFigure[] {
  return [...new Map([...rows, ...sums.uses])].sort(byKey).flatMap(([key, use]) => {
    const is = rows.get(key) ?? NONE
    const should = sums.uses.get(key) ?? NONE
    const what = `${code} ${formatDay(use.businessDay)} ${names.get(use.consumerId)}`
    return USE_FIGURES.flatMap((name) =>
      compareFigure(`${what}: ${name}`, { use, is: is[name], should: should[name] }),
    )
  })
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

/** Writes anew what is wrong, and answers the rows that it wrote or took away. */
export async function writeUses(
  tx: Db,
  locationId: number,
  { wrong, sums }: { wrong: WrongFigure[]; sums: Sums },
): Promise<string[]> {
  const uses = new Map(wrong.flatMap(({ use }) => (use ? [[useKey(use), use] as const] : [])))
  for (const [key, use] of uses) await writeUse(tx, { locationId, ...use }, sums.uses.get(key))
  return [...uses.keys()]
}

async function writeUse(
  tx: Db,
  of: { locationId: number; businessDay: string; consumerId: number },
  figures: UseRow | undefined,
): Promise<void> {
  if (figures) {
    const { litres, entries } = figures
    await tx
      .insert(consumerDays)
      .values({ ...of, litres, entries })
      .onDuplicateKeyUpdate({ set: { litres, entries } })
    return
  }
  const { locationId, businessDay, consumerId } = consumerDays
  await tx
    .delete(consumerDays)
    .where(
      and(
        eq(locationId, of.locationId),
        eq(businessDay, of.businessDay),
        eq(consumerId, of.consumerId),
      ),
    )
}
