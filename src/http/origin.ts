import type { Context } from 'hono'
import { localPath } from '#src/http/local-path.ts'
import type { Env } from '#src/http/route.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Text browsers send no Origin and are let through by the form token; one that is sent must be ours. */
export function isFromUs(c: Context<Env>): boolean {
  const given = c.req.header('Origin')
  return given === undefined || isOurs(given, c.get('system').config.publicOrigin)
}

/** The page that a form stood on, as far as the browser tells; else home. */
export function pageBefore(c: Context<Env>): string {
  const given = c.req.header('Referer') ?? ''
  if (!URL.canParse(given)) return '/'
  const { origin, pathname, search } = new URL(given)
  return isOurs(origin, c.get('system').config.publicOrigin)
    ? localPath(`${pathname}${search}`)
    : '/'
}

function isOurs(given: string, ours: string): boolean {
  if (given === ours) return true
  if (!URL.canParse(given)) return false
  const [a, b] = [new URL(given), new URL(ours)]
  return a.protocol === b.protocol && a.port === b.port && isSameName(a, b)
}

/** Whether a Host header names this origin. One without a port says nothing of it: nginx's `$host` leaves it out. */
export function isHostOf(given: string, origin: string): boolean {
  if (origin.endsWith(`://${given}`)) return true
  const ours = new URL(origin)
  const address = `${ours.protocol}//${given}`
  if (!URL.canParse(address)) return false
  const asked = new URL(address)
  // A host is no more than that: no user before it, no path after it.
  if (asked.href !== `${asked.origin}/`) return false
  return isSameName(asked, ours) && (asked.port === ours.port || !/:\d*$/.test(given))
}

/** A person who types localhost reaches the same loopback server as one who types 127.0.0.1. */
const isSameName = (a: URL, b: URL): boolean =>
  a.hostname === b.hostname || (LOOPBACK.has(a.hostname) && LOOPBACK.has(b.hostname))
