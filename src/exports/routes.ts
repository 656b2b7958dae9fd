import { can } from '#src/auth/permissions.ts'
import { sendExport } from '#src/exports/send.ts'
import { TypedExport } from '#src/history/input.ts'
import { readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'

export const exportRoutes = [
  route('GET', '/stock/export', can.viewStock, async (c) =>
    sendExport(c, await readInput(c, 'query', TypedExport)),
  ),
]
