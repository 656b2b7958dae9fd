import { can } from '#src/auth/permissions.ts'
import { ApiHistoryFilter } from '#src/history/input.ts'
import { readHistory } from '#src/history/queries.ts'
import { actorOf } from '#src/http/actor.ts'
import { readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { entryJson } from '#src/ledger/entry-json.ts'
import { toDecimal } from '#src/units/litres.ts'

export const historyApi = [
  route('GET', '/api/stock/history', can.viewStock, async (c) => {
    const { db, config } = c.var.system
    const filter = await readInput(c, 'query', ApiHistoryFilter)
    const { rows, totals, turn, page, totalPages } = await readHistory(db, actorOf(c), {
      filter,
      zone: config.timezone,
    })
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
  }),
]
