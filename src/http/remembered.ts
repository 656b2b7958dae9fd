import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { type Drawings, openDrawings } from '#src/http/drawings.ts'
import type { Env } from '#src/http/route.ts'
import type { System } from '#src/system.ts'

/** The parts asked for last, about five megabytes of them. */
const MOST = 64
const LONGEST_MS = 10_000
const known = new WeakMap<System, Drawings>()

/**
 * A part of a page that need not be read and drawn again while nothing it tells of has changed: the same person asks the
 * same address, and the database says that books, people and places are as they were. Ten seconds at most, since some
 * things end by the clock, such as a clerk's day to correct an entry. It must hold nothing of this one request: no form
 * token, no key, no news of what was just done.
 */
export async function remembered(
  c: Context<Env>,
  draw: () => Promise<HtmlEscapedString>,
): Promise<HtmlEscapedString> {
  const { system, session } = c.var
  const drawings = known.get(system) ?? openDrawings(MOST)
  known.set(system, drawings)
  const moment = Math.floor(system.now().getTime() / LONGEST_MS)
  const key = [session?.actor.id ?? 0, moment, c.req.url].join(' ')
  const drawText = async () => String(await (await draw()).toString())
  return raw(await drawings.find(key, { changes: session?.changes ?? 0, draw: drawText }))
}
