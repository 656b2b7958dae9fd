import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { flat } from '#src/flat-text.ts'
import { type Drawings, openDrawings } from '#src/http/drawings.ts'
import type { Env } from '#src/http/route.ts'
import type { System } from '#src/system.ts'

/** The parts asked for last, about five megabytes of them. */
const MOST = 64
const LONGEST_MS = 10_000
/** Ten times a second: nobody who reads sees more, and what others write goes on. */
const REST_MS = 100
const known = new WeakMap<System, Drawings>()

/**
 * A part of a page that need not be read and drawn again while nothing it tells of has changed: the same session asks the
 * same address, and the database says that books, people and places are as they were. Ten seconds at most, since some
 * things end by the clock, such as a clerk's day to correct an entry. It must hold nothing of this one request: no form
 * token, no key, no news of what was just done.
 */
export async function remembered(
  c: Context<Env>,
  draw: () => Promise<HtmlEscapedString>,
): Promise<HtmlEscapedString> {
  return raw(await rememberedText(c, async () => flat(String(await (await draw()).toString()))))
}

/** The same for an answer to a program. */
export async function rememberedJson(
  c: Context<Env>,
  read: () => Promise<unknown>,
): Promise<Response> {
  const text = await rememberedText(c, async () => JSON.stringify(await read()))
  return c.body(text, 200, { 'Content-Type': 'application/json' })
}

function rememberedText(c: Context<Env>, draw: () => Promise<string>): Promise<string> {
  const system = c.get('system')
  const session = c.get('session')
  const drawings = known.get(system) ?? openDrawings({ most: MOST, restMs: REST_MS })
  known.set(system, drawings)
  const moment = Math.floor(system.now().getTime() / LONGEST_MS)
  const key = [session?.id ?? '', moment, c.req.url].join(' ')
  return drawings.find(key, { changes: session?.changes ?? 0, draw })
}
