import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { isAllowed, mayReach } from '#src/auth/permissions.ts'
import { isSameToken } from '#src/auth/tokens.ts'
import { readForm, readJson } from '#src/http/input.ts'
import { redirect } from '#src/http/render.tsx'
import type { Env, Route } from '#src/http/route.ts'
import { openUpload } from '#src/http/upload.ts'
import { forbidden, Rejected } from '#src/rejected.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What stands before every handler: who, from where, and at which location; only then is the input looked at. */
export function guard({ method, permission }: Route): MiddlewareHandler<Env> {
  return async (c, next) => {
    const actor = c.var.session?.actor ?? null
    if (!actor && permission !== 'anyone') return refuseAnonymous(c)
    if (!isAllowed(permission, actor)) throw forbidden()
    if (method !== 'GET') await checkWrite(c)
    const location = await readNamedLocation(c)
    if (actor && location && !mayReach(actor, location))
      throw forbidden('Anda hanya bekerja di lokasi Anda sendiri.')
    return next()
  }
}

/** An anonymous visitor learns nothing about what exists: every path leads to the sign-in. */
export function refuseAnonymous(c: Context<Env>): Response {
  if (isApi(c)) throw new Rejected(401, 'Anda belum masuk.')
  const { pathname, search } = new URL(c.req.url)
  // Who is signed out already and signs out again wants the sign-in page, and nothing after it.
  if (pathname === '/logout') return redirect(c, '/login')
  return redirect(c, `/login?next=${encodeURIComponent(`${pathname}${search}`)}`)
}

export const isApi = (c: Context<Env>): boolean =>
  c.req.path === '/api' || c.req.path.startsWith('/api/')

async function checkWrite(c: Context<Env>): Promise<void> {
  checkOrigin(c)
  if (isApi(c)) return checkJson(c)
  // Of a form with a file only the fields before it are read by now.
  const { maxUploadBytes } = c.var
  if (maxUploadBytes !== undefined) c.set('upload', await openUpload(c, maxUploadBytes))
  const body = c.var.upload?.fields ?? (await readForm(c))
  const given = typeof body.formToken === 'string' ? body.formToken : ''
  if (!isSameToken(given, c.var.formToken)) {
    throw forbidden('Halaman ini sudah lama terbuka. Muat ulang halaman, lalu kirim lagi.')
  }
}

function checkOrigin(c: Context<Env>): void {
  if (!isFromUs(c)) throw forbidden('Permintaan datang dari situs lain.')
}

/** Text browsers send no Origin and are let through by the form token; one that is sent must be ours. */
export function isFromUs(c: Context<Env>): boolean {
  const given = c.req.header('Origin')
  return given === undefined || isOurs(given, c.var.system.config.publicOrigin)
}

/** A person who types localhost reaches the same loopback server as one who types 127.0.0.1. */
function isOurs(given: string, ours: string): boolean {
  if (given === ours) return true
  if (!URL.canParse(given)) return false
  const [a, b] = [new URL(given), new URL(ours)]
  return (
    a.protocol === b.protocol &&
    a.port === b.port &&
    LOOPBACK.has(a.hostname) &&
    LOOPBACK.has(b.hostname)
  )
}

function checkJson(c: Context<Env>): void {
  const type = c.req.header('Content-Type')
  const hasBody =
    c.req.header('Transfer-Encoding') !== undefined ||
    Number(c.req.header('Content-Length') ?? 0) > 0
  if (!type && !hasBody) return
  if (type?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    throw new Rejected(415, 'Kirim isi permintaan sebagai application/json.')
  }
}

const Named = z.object({ location: z.string() })

/** The location that a filter, form or body names, wherever it stands. */
async function readNamedLocation(c: Context<Env>): Promise<string | undefined> {
  const inAddress = c.req.query('location')
  if (inAddress || c.req.method === 'GET' || c.req.method === 'DELETE') return inAddress
  const hasType = c.req.header('Content-Type') !== undefined
  const readFields = async () => c.var.upload?.fields ?? (await readForm(c))
  const body = isApi(c) ? (hasType ? await readJson(c) : {}) : await readFields()
  return Named.safeParse(body).data?.location
}
