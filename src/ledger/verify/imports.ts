import { and, eq, isNotNull, max, min, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Chain, type StoredLink, walkChain } from '#src/audit/verify.ts'
import type { Db } from '#src/database/client.ts'
import { entries, imports } from '#src/database/schema/transactions.ts'
import { compareClaim, readJson } from '#src/ledger/verify/claims.ts'
import type { Report } from '#src/ledger/verify/report.ts'
import { parseDecimal, toDecimal } from '#src/units/litres.ts'

/** Walks the chains that are no location's, and compares what they say of imported files with their entries. */
export async function verifyImports(snapshot: Db, chains: Chain[], report: Report): Promise<void> {
  const untold = new Map<string, Import>()
  for (const row of await readImports(snapshot)) untold.set(`import:${row.id}`, row)
  for (const chain of chains) {
    for await (const link of walkChain(snapshot, chain, report)) {
      if (link.action !== 'import.book') continue
      const found = untold.get(link.subject)
      if (found) compareImport(found, link, report)
      else
        report(
          `jejak audit ${chain.chain}: baris ${link.id} menyebut ${link.subject}, yang tidak ada atau sudah disebut`,
        )
      untold.delete(link.subject)
    }
  }
  for (const { id } of untold.values()) report(`impor ${id}: tidak ada di jejak audit`)
  for (const { entryId, importId } of await readForeignEntries(snapshot))
    report(`catatan ${entryId}: bukan atas nama orang yang membawa masuk impor ${importId}`)
}

type Import = Awaited<ReturnType<typeof readImports>>[number]

/** Each file with what its entries come to. */
async function readImports(snapshot: Db) {
  const litresOf = (type: string) =>
    sql`sum(case when ${entries.type} = ${type} then ${entries.litres} else 0 end)`.mapWith(
      parseDecimal,
    )
  const sums = await snapshot
    .select({
      id: entries.importId,
      rows: sql<number>`count(*)`,
      litresIn: litresOf('IN'),
      litresOut: litresOf('OUT'),
      firstId: min(entries.id),
      lastId: max(entries.id),
    })
    .from(entries)
    .where(isNotNull(entries.importId))
    .groupBy(entries.importId)
  const byId = new Map(sums.map(({ id, ...sum }) => [id, sum]))
  const files = await snapshot.select().from(imports)
  return files.map((file) => ({ ...file, sum: byId.get(file.id) ?? NOTHING }))
}

const NOTHING = { rows: 0, litresIn: 0n, litresOut: 0n, firstId: null, lastId: null }

const Told = z.looseObject({ fileName: z.string() })

function compareImport({ id, sum, ...file }: Import, link: StoredLink, report: Report): void {
  const told = readJson(link.after, Told)
  if (told === null) {
    report(`impor ${id}: isi baris jejak audit ${link.id} tidak terbaca`)
    return
  }
  // The books keep the beginning of a very long name.
  const isNamed = told.fileName.startsWith(file.fileName)
  const difference = compareClaim(
    {
      fileName: isNamed ? told.fileName : file.fileName,
      fileHash: file.fileHash,
      userId: file.userId,
      ...sum,
      litresIn: toDecimal(sum.litresIn),
      litresOut: toDecimal(sum.litresOut),
    },
    { ...told, userId: link.userId },
  )
  if (difference !== null)
    report(`impor ${id}: baris jejak audit ${link.id} menyebut ${difference}`)
}

/** Entries of a file that are booked in another name than the file's; a few are enough to look into. */
async function readForeignEntries(snapshot: Db) {
  return snapshot
    .select({ entryId: entries.id, importId: imports.id })
    .from(imports)
    .innerJoin(entries, and(eq(entries.importId, imports.id), ne(entries.userId, imports.userId)))
    .limit(MAX_FOREIGN)
}

const MAX_FOREIGN = 20
