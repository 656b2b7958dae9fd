import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Env, Route } from '#src/http/route.ts'
import { isMultipart } from '#src/http/upload.ts'
import { within } from '#src/http/within.ts'
import { Rejected } from '#src/rejected.ts'

const MAX_BODY_BYTES = 1_000_000
/** A megabyte takes so long at 0.3 Mbit/s. Whoever is slower holds a connection for nothing. */
const MAX_BODY_MS = 30_000

/**
 * Takes a body in before anything else is done for its request: 1 MB at most, in half a minute. A form with a file has
 * limits of its own, which are kept while it is read.
 */
export function limitBody(
  routes: Route[],
  { maxMs = MAX_BODY_MS }: { maxMs?: number | undefined } = {},
): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { method, path } = c.req
    const route = routes.find((one) => one.method === method && one.path === path)
    if (route?.maxUploadBytes !== undefined && isMultipart(c))
      c.set('maxUploadBytes', route.maxUploadBytes)
    else await takeBody(c, maxMs)
    await next()
    if (isStillComing(c)) c.res.headers.set('Connection', 'close')
  }
}

/** What nobody has taken: a form with a file that was refused before it was opened, or what a GET says, which Bun hides. */
function isStillComing(c: Context<Env>): boolean {
  if (c.get('maxUploadBytes') !== undefined) return c.get('upload') === undefined
  const { method } = c.req
  return (method === 'GET' || method === 'HEAD') && announcesBody(c)
}

const announcesBody = (c: Context<Env>): boolean =>
  Number(c.req.header('Content-Length') ?? 0) > 0 || c.req.header('Transfer-Encoding') !== undefined

/** A length that was announced says enough: whoever looks at the body turns it into a stream, which is slow to read. */
async function takeBody(c: Context<Env>, maxMs: number): Promise<void> {
  const announced = c.req.header('Content-Length')
  if (announced === undefined || c.req.header('Transfer-Encoding') !== undefined) {
    return within(maxMs, orBroken(limitStreamed(c, nothing)), tooSlow)
  }
  if (Number(announced) > MAX_BODY_BYTES) refuseLargeBody()
  // It is kept for whoever reads it later.
  if (Number(announced) > 0) await within(maxMs, orBroken(c.req.arrayBuffer()), tooSlow)
}

/** A body that breaks off is the sender's fault, and no answer reaches them. */
function orBroken(taking: Promise<unknown>): Promise<void> {
  return taking.then(nothing, (error: unknown) => {
    throw error instanceof Rejected ? error : new Rejected(400, 'Kiriman terputus. Kirim lagi.')
  })
}

const nothing = async () => undefined
const limitStreamed = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseLargeBody })

function refuseLargeBody(): never {
  throw new Rejected(413, 'Kiriman terlalu besar: paling banyak 1 MB.')
}

const tooSlow = (): Rejected =>
  new Rejected(
    408,
    'Kiriman terlalu lambat: tidak sampai seluruhnya dalam 30 detik, jadi tidak ada yang dicatat. Periksa sambungan, lalu kirim lagi.',
  )
