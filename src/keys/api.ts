import { can } from '#src/auth/permissions.ts'
import { byWhom } from '#src/http/actor.ts'
import { readId, readInput } from '#src/http/input.ts'
import { route } from '#src/http/route.ts'
import { KeyInput } from '#src/keys/input.ts'
import { keyJson } from '#src/keys/json.ts'
import { listKeys } from '#src/keys/queries.ts'
import { createKey, revokeKey } from '#src/keys/service.ts'

export const keysApi = [
  route('GET', '/api/keys', can.manageKeys, async (c) =>
    c.json({ data: (await listKeys(c.var.system.db)).map(keyJson) }),
  ),

  route('POST', '/api/keys', can.manageKeys, async (c) => {
    const input = await readInput(c, 'json', KeyInput)
    const { key, secret, isRepeat } = await createKey(c.var.system, byWhom(c), input)
    return c.json({ data: { ...keyJson(key), key: secret } }, isRepeat ? 200 : 201)
  }),

  // A key that ever booked stays visible: deleting it revokes it.
  route('DELETE', '/api/keys/:id', can.manageKeys, async (c) =>
    c.json({ data: keyJson(await revokeKey(c.var.system, byWhom(c), readId(c))) }),
  ),
]
