import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { type Actor, isAllowed, mayReach } from '#src/auth/permissions.ts'
import { isSameToken } from '#src/auth/tokens.ts'
import { readForm, readJson } from '#src/http/input.ts'
import { isApi } from '#src/http/is-api.ts'
import { noteRefusal } from '#src/http/note-refusal.ts'
import { isFromUs } from '#src/http/origin.ts'
import { leadToOwnPassword, mustChooseFirst } from '#src/http/own-password.tsx'
import { redirect } from '#src/http/render.tsx'
import { returnOf } from '#src/http/returned-form.ts'
import type { Env, Route } from '#src/http/route.ts'
import { askToSignIn } from '#src/http/sign-in.tsx'
import { openUpload } from '#src/http/upload.ts'
import { forbidden, Rejected } from '#src/rejected.ts'
import { spendWrite } from '#src/throttle/writes.ts'

const OUT_OF_SCOPE = 'Kunci API ini tidak boleh melakukan ini.'

/** What stands before every handler: who, from where, and at which location; only then is the input looked at. */
export function guard(route: Route): MiddlewareHandler<Env> {
  const { method, permission, refill } = route
  return async (c, next) => {
    const actor = c.get('session')?.actor ?? null
    if (!actor && permission !== 'anyone') return refuseAnonymous(c)
    if (mustChooseFirst(c, route)) return leadToOwnPassword(c)
    if (!isAllowed(permission, actor)) throw forbidden(actor?.key && OUT_OF_SCOPE)
    const returned = returnOf(c.req.raw)
    const isCurrent = method === 'GET' || returned !== undefined || (await checkWrite(c))
    const location = await readNamedLocation(c)
    if (actor && location && !mayReach(actor, location))
      throw forbidden('Anda hanya bekerja di lokasi Anda sendiri.')
    if (returned) {
      const { sentence, next: page } = returned
      return refill ? refill(c, { status: 200, sentence }) : redirect(c, page)
    }
    if (isCurrent) return next()
    if (!refill) throw forbidden(OLD_PAGE)
    await noteRefusal(c)
    return refill(c, { status: 403, sentence: oldPageOf(actor) })
  }
}

const OLD_PAGE = 'Halaman ini sudah lama terbuka. Muat ulang halaman, lalu kirim lagi.'

/** The page may still show the name of somebody else. */
const oldPageOf = (actor: Actor | null): string =>
  `Halaman ini dibuka sebelum Anda masuk${actor ? ` sebagai ${actor.name}` : ''}. Periksa isiannya, lalu kirim lagi.`

/** An anonymous visitor learns nothing about what exists: every path leads to the sign-in. */
export async function refuseAnonymous(c: Context<Env>): Promise<Response> {
  if (isApi(c)) throw new Rejected(401, 'Anda belum masuk.')
  return askToSignIn(c)
}

/** Whether the page that a form stood on belongs to this session. Throws Rejected where the write is none of ours. */
async function checkWrite(c: Context<Env>): Promise<boolean> {
  checkOrigin(c)
  const session = c.get('session')
  const system = c.get('system')
  if (session) await spendWrite(system, session.id)
  if (isApi(c)) {
    checkJson(c)
    return true
  }
  // Of a form with a file only the fields before it are read by now.
  const maxUploadBytes = c.get('maxUploadBytes')
  if (maxUploadBytes !== undefined) c.set('upload', await openUpload(c, maxUploadBytes))
  const body = c.get('upload')?.fields ?? (await readForm(c))
  const given = typeof body.formToken === 'string' ? body.formToken : ''
  return isSameToken(given, c.get('formToken'))
}

function checkOrigin(c: Context<Env>): void {
  if (!isFromUs(c)) throw forbidden('Permintaan datang dari situs lain.')
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
  const readFields = async () => c.get('upload')?.fields ?? (await readForm(c))
  const body = isApi(c) ? (hasType ? await readJson(c) : {}) : await readFields()
  return Named.safeParse(body).data?.location
}
