import type { Db } from '#src/database/client.ts'
import { readEntries } from '#src/ledger/queries.ts'
import type { Report } from '#src/ledger/verify/report.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

const PAGE = 2_500

/**
 * Compares what the screens would show as left after each entry with the sums made here: by the very query of the
 * screens, a page at a time. One wrong day shifts all that come after it, so the first is named and the rest counted.
 */
export function watchScreens(snapshot: Db, place: { code: string; zone: string }) {
  let page: { id: number; balance: Litres }[] = []
  let first: string | null = null
  let others = 0

  async function comparePage(): Promise<void> {
    const ids = page.map(({ id }) => id)
    const shown = await readEntries(snapshot, place.zone, ids)
    const byId = new Map(shown.map(({ id, balanceAfter }) => [id, balanceAfter]))
    for (const { id, balance } of page) {
      const is = byId.get(id)
      if (is === balance) continue
      if (first === null) first = describe(id, is, balance)
      else others++
    }
    page = []
  }

  function describe(id: number, is: Litres | undefined, should: Litres): string {
    if (is === undefined) return `${place.code}: riwayat tidak menampilkan catatan ${id}`
    const [shown, counted] = [formatLitres(is), formatLitres(should)]
    return `${place.code}: sisa di riwayat sesudah catatan ${id} ${shown}, seharusnya ${counted} liter`
  }

  return {
    /** Answers whether the page is full. */
    see(id: number, balance: Litres): boolean {
      return page.push({ id, balance }) >= PAGE
    },
    comparePage,
    async end(report: Report): Promise<void> {
      await comparePage()
      if (first !== null) report(others > 0 ? `${first} (dan ${others} lagi)` : first)
    },
  }
}
