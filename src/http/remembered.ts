import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { currentVersion } from '#src/http/freshness.ts'
import type { Env } from '#src/http/route.ts'
import { type Recent, recentOnly } from '#src/recent.ts'
import type { System } from '#src/system.ts'

/** The parts asked for last, about five megabytes of them. */
const MOST = 64
const LONGEST_MS = 10_000
const known = new WeakMap<System, Recent<Promise<string>>>()

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
  const { system } = c.var
  const texts = known.get(system) ?? recentOnly<Promise<string>>(MOST)
  known.set(system, texts)
  const moment = Math.floor(system.now().getTime() / LONGEST_MS)
  const key = [currentVersion(c), moment, c.req.url].join(' ')
  // Those who ask meanwhile wait for the first.
  const text = texts.get(key) ?? drawText(draw)
  texts.set(key, text)
  try {
    return raw(await text)
  } catch (error) {
    texts.delete(key)
    throw error
  }
}

async function drawText(draw: () => Promise<HtmlEscapedString>): Promise<string> {
  return String(await (await draw()).toString())
}
