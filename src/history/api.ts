import { can } from '#src/auth/permissions.ts'
import { HistoryAnswer } from '#src/history/answers.ts'
import { ApiHistoryFilter } from '#src/history/input.ts'
import { readHistory } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { entryJson } from '#src/ledger/entry-json.ts'
import { toDecimal } from '#src/units/litres.ts'

export const historyApi = [
  apiRoute(
    'GET',
    '/api/stock/history',
    can.viewStock,
    {
      operationId: 'readHistory',
      tag: 'Stok',
      summary: 'Riwayat catatan',
      description:
        'Menurut saringan, halaman demi halaman, dengan sisa sesudah setiap catatan. Yang tidak bisa dihitung lewat hari dan bulan dihitung sampai 10.000.',
      query: ApiHistoryFilter,
      answers: { 200: { description: 'Satu halaman.', schema: HistoryAnswer } },
    },
    async (c, { query: filter }) => {
      const { db, config } = c.get('system')
      const zone = config.timezone
      const read = await readHistory(db, actorOf(c), { filter, zone })
      const { rows, totals, turn, page, totalPages } = read
      const { limit } = filter
      const { entries, isMore, isPartial, litres } = totals
      return c.json({
        data: rows.map(entryJson),
        pagination: { page, limit, total: entries, totalPages, ...turn },
        totals: {
          entries,
          // Only where it holds: everybody else finds the shape they know.
          ...(isMore && { isMore }),
          ...(isPartial && { isPartial }),
          litresIn: litres && toDecimal(litres.in),
          litresOut: litres && toDecimal(litres.out),
          net: litres && toDecimal(litres.net),
        },
      })
    },
  ),
]
