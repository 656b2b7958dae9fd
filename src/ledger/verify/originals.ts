import { inArray } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { compareEntry } from '#src/ledger/verify/claims.ts'
import type { Report } from '#src/ledger/verify/report.ts'
import type { EntryClaim } from '#src/ledger/verify/statements.ts'

const PAGE = 500

/** Compares the entries that corrections say they found with those in the books, a page at a time. */
export function watchOriginals(snapshot: Db, report: Report) {
  let page: { claim: EntryClaim; linkId: number }[] = []

  async function comparePage(): Promise<void> {
    if (page.length === 0) return
    const ids = page.map(({ claim }) => claim.id)
    const rows = await snapshot.select().from(entries).where(inArray(entries.id, ids))
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const { claim, linkId } of page) {
      const row = byId.get(claim.id)
      const difference = row ? compareEntry(row, claim) : 'catatan yang tidak ada'
      if (difference !== null)
        report(`catatan ${claim.id}: baris jejak audit ${linkId} menyebut ${difference}`)
    }
    page = []
  }

  return {
    async see(claim: EntryClaim, linkId: number): Promise<void> {
      if (page.push({ claim, linkId }) >= PAGE) await comparePage()
    },
    end: comparePage,
  }
}
