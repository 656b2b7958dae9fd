import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { recordAccess } from '#src/audit/service.ts'
import { isDatabaseAway } from '#src/database/client.ts'
import { isApi, refuseAnonymous } from '#src/http/guard.ts'
import { isFragment, render } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { MessagePage, type MessageStatus, messageTitle } from '#views/errors/message.tsx'

const RETRY_AFTER_SECONDS = 5
const AWAY =
  'Basis data sedang tidak terjangkau atau sibuk. Tidak ada yang hilang; coba lagi sebentar.'
const FAULT = 'Ada yang salah di sisi kami. Permintaan ini tidak selesai.'

/** Every error that no handler expected ends here: an honest status, and nothing of what went on inside. */
export const onError: ErrorHandler<Env> = async (error, c) => {
  if (error instanceof Rejected) {
    if (error.status === 403) await noteRefusal(c)
    return answer(c, error.status, error.message, error.details)
  }
  if (isDatabaseAway(error)) {
    c.header('Retry-After', String(RETRY_AFTER_SECONDS))
    return answer(c, 503, AWAY)
  }
  if (error instanceof HTTPException && error.status === 400)
    return answer(c, 400, 'Isi permintaan bukan JSON.')
  return answer(c, 500, FAULT)
}

/** What is not there is a secret from those who have not signed in. */
export const onNotFound: NotFoundHandler<Env> = (c) => {
  if (!c.var.session) return refuseAnonymous(c)
  throw notFound()
}

function answer(
  c: Context<Env>,
  status: MessageStatus,
  error: string,
  details: Record<string, string> = {},
) {
  if (isApi(c)) return c.json({ error, details }, status)
  if (isFragment(c)) return c.text(error, status)
  return render(
    c,
    { title: messageTitle(status), status },
    <MessagePage
      status={status}
      requestId={c.var.requestId}
      sentence={error === FAULT || error === AWAY ? undefined : error}
      retryAfter={status === 503 ? RETRY_AFTER_SECONDS : undefined}
      retryHref={c.req.method === 'GET' ? c.req.path : undefined}
    />,
  )
}

/** Writes down what somebody who is signed in was refused. The refusal is answered even where this cannot be written. */
async function noteRefusal(c: Context<Env>): Promise<void> {
  const { system, session, address } = c.var
  if (!session) return
  await recordAccess(system.db, {
    at: system.now(),
    action: 'refused',
    userId: session.actor.id,
    detail: `${c.req.method} ${c.req.path}`,
    address,
    userAgent: c.req.header('User-Agent') ?? '',
  }).catch(() => undefined)
}
