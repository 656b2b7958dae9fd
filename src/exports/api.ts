import { can } from '#src/auth/permissions.ts'
import { sendExport } from '#src/exports/send.ts'
import { ApiExport } from '#src/history/input.ts'
import { readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'

export const exportsApi = [
  route('GET', '/api/stock/export', can.viewStock, async (c) =>
    sendExport(c, await readInput(c, 'query', ApiExport)),
  ),

  /** For filters that do not belong into an address; it changes nothing. */
  route('POST', '/api/stock/export', can.viewStock, async (c) =>
    sendExport(c, await readInput(c, 'json', ApiExport)),
  ),
]
