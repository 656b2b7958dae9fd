import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { REFRESH_TOKEN_SECONDS } from '#src/auth/sessions.ts'
import { ACCESS_TOKEN_SECONDS } from '#src/auth/tokens.ts'
import type { Config } from '#src/config.ts'
import type { Env } from '#src/http/route.ts'

export type CookieName = 'access' | 'refresh' | 'visitor' | 'people' | 'browser'

const LIFETIMES: Record<CookieName, number> = {
  access: ACCESS_TOKEN_SECONDS,
  refresh: REFRESH_TOKEN_SECONDS,
  visitor: 24 * 3600,
  people: 90 * 24 * 3600,
  browser: 365 * 24 * 3600,
}

export function readCookie(c: Context<Env>, name: CookieName): string | undefined {
  return getCookie(c, cookieName(c.get('system').config, name))
}

export function writeCookie(c: Context<Env>, name: CookieName, value: string): void {
  setCookie(c, cookieName(c.get('system').config, name), value, {
    ...attributesOf(c),
    maxAge: LIFETIMES[name],
  })
}

export function clearCookie(c: Context<Env>, name: CookieName): void {
  deleteCookie(c, cookieName(c.get('system').config, name), attributesOf(c))
}

/**
 * Over https the name itself makes the browser refuse a cookie from a sibling host. Without it, two instances on one
 * machine differ by their port alone, which cookies do not heed: it goes into the name.
 */
export function cookieName({ isHttps, publicOrigin }: Config, name: CookieName): string {
  if (isHttps) return `__Host-bbm_${name}`
  return ['bbm', name, new URL(publicOrigin).port].filter((part) => part !== '').join('_')
}

function attributesOf(c: Context<Env>) {
  const secure = c.get('system').config.isHttps
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const
}
