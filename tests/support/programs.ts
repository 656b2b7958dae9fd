import { z } from 'zod'
import { dataOf } from '#tests/support/answers.ts'
import type { Client, Headers } from '#tests/support/client.ts'

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

const shape = {
  id: z.number().int(),
  name: z.string(),
  scope: z.enum(['read', 'book']),
  location: z.string().nullable(),
  prefix: z.string().regex(/^bbm_[0-9a-f]{8}$/),
  createdAt: instant,
  createdBy: z.string(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
}
/** A key as it is listed: nothing that could be used. */
export const KeyJson = z.strictObject(shape)
export const MadeKeyJson = z.strictObject({ ...shape, key: z.string().nullable() })

/** A key that an admin makes. */
export async function makeKey(
  admin: Client,
  fields: { name?: string; scope: 'read' | 'book'; location?: string | null },
): Promise<{ id: number; secret: string; headers: Headers }> {
  const response = await admin.api('POST', '/api/keys', { name: 'Flow meter', ...fields })
  const { id, key } = await dataOf(response, MadeKeyJson)
  if (key === null) throw new Error('the key was not shown')
  return { id, secret: key, headers: bearer(key) }
}

export const bearer = (secret: string): Headers => ({ Authorization: `Bearer ${secret}` })
