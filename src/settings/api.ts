import { can } from '#src/auth/permissions.ts'
import { byWhom } from '#src/http/actor.ts'
import { readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { SettingsChange } from '#src/settings/input.ts'
import { readSettings } from '#src/settings/queries.ts'
import { changeSettings } from '#src/settings/service.ts'

export const settingsApi = [
  route('GET', '/api/settings', can.manageSettings, async (c) =>
    c.json({ data: await readSettings(c.var.system.db) }),
  ),

  route('PATCH', '/api/settings', can.manageSettings, async (c) => {
    const change = await readInput(c, 'json', SettingsChange)
    const { settings } = await changeSettings(c.var.system, byWhom(c), change)
    return c.json({ data: settings })
  }),
]
