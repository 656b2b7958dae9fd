import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isDatabaseAway, OutcomeUnknown } from '#src/database/errors.ts'
import { isKeySent } from '#src/http/authenticate.ts'
import { refuseAnonymous } from '#src/http/guard.ts'
import { isApi } from '#src/http/is-api.ts'
import { type KeptForm, ownAddress, readKeptForm } from '#src/http/kept-form.ts'
import { noteRefusal } from '#src/http/note-refusal.ts'
import { leadToOwnPassword } from '#src/http/own-password.tsx'
import { isFragment, render } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { notFound, Rejected, sayWhen } from '#src/rejected.ts'
import { LoginPage } from '#views/auth/login.tsx'
import { KeptPage, keptTitle } from '#views/errors/kept-page.tsx'
import { MessagePage, type MessageStatus, messageTitle } from '#views/errors/message.tsx'
import type { MessagePanelProps } from '#views/errors/message-panel.tsx'

const RETRY_AFTER_SECONDS = 5
const AWAY =
  'Basis data sedang tidak terjangkau atau sibuk. Tidak ada yang hilang; coba lagi sebentar.'
/** Pages need no such sentence: their forms carry a key. */
const UNKNOWN =
  'Basis data terputus saat menyimpan: belum diketahui apakah permintaan ini tercatat. Kirim lagi dengan Idempotency-Key yang sama; tanpa kunci itu, periksa riwayat lebih dulu.'
const AWAY_AT_THE_GATE = 'Basis data sedang tidak terjangkau atau sibuk.'
const FAULT = 'Ada yang salah di sisi kami. Permintaan ini tidak selesai.'
const KEPT_EMAIL = 'Email Anda masih ada: tunggu sebentar, isi kata sandi, lalu masuk lagi.'

/** After these the very same may be sent again. */
const KEPT: ReadonlySet<MessageStatus> = new Set([429, 500, 503])

type More = Partial<Pick<Rejected, 'details' | 'retryAfterSeconds'>>
type Sign = Pick<MessagePanelProps, 'status' | 'requestId' | 'retryAfter'> & {
  status: MessageStatus
}

/** Every error that no handler expected ends here: an honest status, and nothing of what went on inside. */
export const onError: ErrorHandler<Env> = async (error, c) => {
  if (error instanceof Rejected) {
    if (error.status === 403) await noteRefusal(c)
    return answer(c, error.status, error.message, error)
  }
  if (isDatabaseAway(error)) {
    const sentence = isApi(c) && error instanceof OutcomeUnknown ? UNKNOWN : AWAY
    return answer(c, 503, sentence, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  }
  if (error instanceof HTTPException && error.status === 400)
    return answer(c, 400, 'Isi permintaan bukan JSON.')
  return answer(c, 500, FAULT)
}

/** What is not there is a secret from those who have not signed in. */
export const onNotFound: NotFoundHandler<Env> = (c) => {
  const session = c.get('session')
  if (!session) return refuseAnonymous(c)
  if (session.mustChangePassword) return leadToOwnPassword(c)
  throw notFound()
}

async function answer(
  c: Context<Env>,
  status: MessageStatus,
  sentence: string,
  { details = {}, retryAfterSeconds: wait }: More = {},
) {
  if (wait !== undefined) c.header('Retry-After', String(wait))
  // What is still coming of the body is not waited for.
  if (status === 408 || status === 413) c.header('Connection', 'close')
  const error = status === 429 && wait !== undefined ? `${sentence} ${sayWhen(wait)}` : sentence
  if (isApi(c)) {
    if (status === 401) c.header('WWW-Authenticate', challengeOf(c))
    return c.json({ error, details }, status)
  }
  if (isFragment(c)) return c.text(error, status)
  const sign = { status, requestId: c.get('requestId'), retryAfter: wait }
  const kept = KEPT.has(status) ? await readKeptForm(c) : null
  if (kept) return sendBack(c, { ...sign, sentence: error }, kept)
  return render(
    c,
    { title: messageTitle(status), status },
    <MessagePage
      {...sign}
      sentence={sentence === FAULT || sentence === AWAY ? undefined : sentence}
      retryHref={c.req.method === 'GET' ? ownAddress(c) : undefined}
    />,
  )
}

/** What a program must send, and whether it was this that was wrong. */
const challengeOf = (c: Context<Env>): string =>
  `Bearer realm="Monitoring BBM"${isKeySent(c) ? ', error="invalid_token"' : ''}`

/** The database may be away, or the person be too quick; what else happens to a sign-in is our fault. */
function atTheGate(status: MessageStatus, sentence: string): string {
  if (status === 429) return sentence
  return status === 503 ? AWAY_AT_THE_GATE : FAULT
}

/** Without JavaScript the page of the form is gone: what was typed into it comes back with the bad news. */
function sendBack(
  c: Context<Env>,
  { sentence, ...sign }: Sign & { sentence: string },
  form: KeptForm,
) {
  const { action, fields, hasSecret } = form
  const { status } = sign
  if (!hasSecret || c.req.path !== '/login') {
    const page = { title: keptTitle(status, action), status }
    return render(c, page, <KeptPage {...sign} form={form} />)
  }
  const typed = new Map(fields.map(({ name, value }) => [name, value]))
  return render(
    c,
    { title: messageTitle(status), status, isGate: true },
    <LoginPage
      formToken={typed.get('formToken') ?? ''}
      next={typed.get('next') ?? ''}
      email={typed.get('email') ?? ''}
      carried={typed.get('carried') ?? null}
      error={`${atTheGate(status, sentence)} ${KEPT_EMAIL}`}
    />,
  )
}
