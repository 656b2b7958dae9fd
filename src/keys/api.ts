import { z } from 'zod'
import { can } from '#src/auth/permissions.ts'
import { answer, made } from '#src/http/answers.ts'
import { apiRoute } from '#src/http/api-route.ts'
import { RecordPath } from '#src/http/input.ts'
import { KeyAnswer, MadeKeyAnswer } from '#src/keys/answers.ts'
import { KeyInput } from '#src/keys/input.ts'
import { keyJson } from '#src/keys/json.ts'
import { listKeys } from '#src/keys/queries.ts'
import { createKey, revokeKey } from '#src/keys/service.ts'

export const keysApi = [
  apiRoute(
    'GET',
    '/api/keys',
    can.manageKeys,
    {
      operationId: 'listKeys',
      tag: 'Kunci API',
      summary: 'Semua kunci',
      answers: { 200: answer('Yang berlaku lebih dulu, lalu yang dicabut.', z.array(KeyAnswer)) },
    },
    async (c) => c.json({ data: (await listKeys(c.get('system').db)).map(keyJson) }),
  ),

  apiRoute(
    'POST',
    '/api/keys',
    can.manageKeys,
    {
      operationId: 'createKey',
      tag: 'Kunci API',
      summary: 'Membuat kunci',
      json: KeyInput,
      isKeyed: true,
      answers: made('Dibuat. Kuncinya hanya ada di jawaban ini.', MadeKeyAnswer),
    },
    async (c, { json, by }) => {
      const { key, secret, isRepeat } = await createKey(c.get('system'), by, json)
      return c.json({ data: { ...keyJson(key), key: secret } }, isRepeat ? 200 : 201)
    },
  ),

  // A key that ever booked stays visible: deleting it revokes it.
  apiRoute(
    'DELETE',
    '/api/keys/:id',
    can.manageKeys,
    {
      operationId: 'revokeKey',
      tag: 'Kunci API',
      summary: 'Mencabut kunci',
      description: 'Seketika dan untuk selamanya; kunci itu tetap terdaftar.',
      path: RecordPath,
      isKeyed: true,
      answers: { 200: answer('Sesudah dicabut.', KeyAnswer) },
    },
    async (c, { path, by }) => {
      return c.json({ data: keyJson(await revokeKey(c.get('system'), by, path.id)) })
    },
  ),
]
