import { can } from '#src/auth/permissions.ts'
import { answer } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { SettingsAnswer } from '#src/settings/answers.ts'
import { SettingsChange } from '#src/settings/input.ts'
import { readSettings } from '#src/settings/queries.ts'
import { changeSettings } from '#src/settings/service.ts'

export const settingsApi = [
  apiRoute(
    'GET',
    '/api/settings',
    can.manageSettings,
    {
      operationId: 'readSettings',
      tag: 'Pengaturan',
      summary: 'Pengaturan',
      answers: { 200: answer('Seperti sekarang.', SettingsAnswer) },
    },
    async (c) => c.json({ data: await readSettings(c.get('system').db) }),
  ),

  apiRoute(
    'PATCH',
    '/api/settings',
    can.manageSettings,
    {
      operationId: 'changeSettings',
      tag: 'Pengaturan',
      summary: 'Mengubah pengaturan',
      json: SettingsChange,
      isKeyed: true,
      answers: { 200: answer('Sesudah diubah.', SettingsAnswer) },
    },
    async (c, { json, by }) => {
      const { settings } = await changeSettings(c.get('system'), by, json)
      return c.json({ data: settings })
    },
  ),
]
