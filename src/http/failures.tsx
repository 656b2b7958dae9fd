import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isDatabaseAway } from '#src/database/client.ts'
import { notFound, Rejected } from '#src/http/errors.ts'
import { isApi, refuseAnonymous } from '#src/http/guard.ts'
import { isFragment, render } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { MessagePage, type MessageStatus, messageTitle } from '#views/errors/message.tsx'

const RETRY_AFTER_SECONDS = 5
const AWAY =
  'Basis data sedang tidak terjangkau atau sibuk. Tidak ada yang hilang; coba lagi sebentar.'
const FAULT = 'Ada yang salah di sisi kami. Permintaan ini tidak selesai.'

/** Every error that no handler expected ends here: an honest status, and nothing of what went on inside. */
export const onError: ErrorHandler<Env> = (error, c) => {
  if (error instanceof Rejected) return answer(c, error.status, error.message, error.details)
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

type Status = Rejected['status'] | 500 | 503

function answer(
  c: Context<Env>,
  status: Status,
  error: string,
  details: Record<string, string> = {},
) {
  if (isApi(c)) return c.json({ error, details }, status)
  if (isFragment(c)) return c.text(error, status)
  const shown = pageStatus(status)
  return render(
    c,
    { title: messageTitle(shown), status: shown },
    <MessagePage
      status={shown}
      requestId={c.var.requestId}
      sentence={error === FAULT || error === AWAY ? undefined : error}
      retryAfter={status === 503 ? RETRY_AFTER_SECONDS : undefined}
      retryHref={c.req.method === 'GET' ? c.req.path : undefined}
    />,
  )
}

/** Pages know fewer kinds of refusal than the API has. */
function pageStatus(status: Status): MessageStatus {
  if (status === 403 || status === 404 || status === 413 || status === 429 || status === 503)
    return status
  return status === 500 ? 500 : 403
}
