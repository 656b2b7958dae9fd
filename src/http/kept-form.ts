import type { Context } from 'hono'
import { isFromUs } from '#src/http/origin.ts'
import type { Env } from '#src/http/route.ts'

/** A form as it was sent, in its order, hidden fields included. */
export type KeptForm = { action: string; fields: KeptField[]; hasSecret: boolean }
export type KeptField = { name: string; value: string }

/** More than any form of ours has. */
export const MAX_FIELDS = 100
const SECRET = /password|sandi/i

/**
 * The form of a POST that could not be answered, to be shown and sent again; null where there is none of ours. It is
 * kept whole or not at all, since a part of it would say something else. Only a password is left out, and `hasSecret`.
 */
export async function readKeptForm(c: Context<Env>): Promise<KeptForm | null> {
  // A form with a file could not be sent again, and is not worth the memory.
  if (c.req.method !== 'POST' || !isFromUs(c) || c.get('maxUploadBytes') !== undefined) return null
  const sent = await c.req.formData().catch(() => null)
  if (!sent) return null
  const texts: KeptField[] = []
  let others = 0
  sent.forEach((value, name) => {
    if (typeof value === 'string') texts.push({ name, value })
    else others += 1
  })
  if (texts.length === 0 || others > 0 || texts.length > MAX_FIELDS) return null
  const fields = texts.filter(({ name }) => !SECRET.test(name))
  return { action: ownAddress(c), fields, hasSecret: fields.length < texts.length }
}

/** The address of the request within our own site: one that begins with two slashes would name another host. */
export function ownAddress(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname.startsWith('//') ? '/' : `${pathname}${search}`
}
