import { onRequest, type RequestDetail } from './dom.ts'

const OFFLINE = 'Jaringan terputus.'
const KEPT = 'Isian Anda masih ada; kirim lagi, tidak akan tercatat dua kali.'
const TRY_AGAIN = 'Coba lagi sebentar lagi.'

/** Nobody reads an answer and means to send an empty form within this time. */
const SECOND_PRESS_MS = 1000

const ANSWERS: Record<number, string> = {
  401: 'Sesi Anda sudah berakhir. Muat ulang halaman, lalu masuk lagi.',
  403: 'Ditolak: Anda tidak boleh melakukan ini, atau halaman ini sudah terlalu lama terbuka. Muat ulang halaman.',
  404: 'Yang diminta tidak ada lagi. Muat ulang halaman.',
  409: 'Kiriman ini sudah pernah dipakai untuk isian lain. Muat ulang halaman, lalu isi lagi.',
  408: 'Kiriman tidak sampai seluruhnya. Periksa jaringan, lalu kirim lagi.',
  413: 'Isian terlalu besar. Pendekkan, lalu kirim lagi.',
  422: 'Isian ini tidak bisa diterima. Muat ulang halaman, lalu isi lagi.',
  503: 'Layanan sedang tidak terjangkau.',
}

/** A request that got no usable answer says so where it was made, and everything typed stays. */
export function reportTrouble(): void {
  onRequest('htmx:beforeRequest', (detail) => {
    removeTrouble()
    if (isPost(detail)) hideStatus()
  })
  for (const answered of ['htmx:beforeSwap', 'htmx:sendError', 'htmx:timeout']) {
    onRequest(answered, (detail) => {
      if (isPost(detail)) clearStatus()
    })
  }
  onRequest('htmx:sendError', (detail) => show(detail, withAdvice(OFFLINE, detail)))
  onRequest('htmx:timeout', (detail) => show(detail, withAdvice(OFFLINE, detail)))
  onRequest('htmx:responseError', (detail) => show(detail, sentenceFor(detail)))
}

/** htmx shows no answer of 400 and more; the server marks those that are a part of the page, such as a refused form. */
export function showMarkedAnswers(): void {
  onRequest('htmx:beforeSwap', (detail) => {
    if (detail.xhr.getResponseHeader('X-BBM-Fragment') === null) return
    detail.shouldSwap = true
    detail.isError = false
  })
}

/** Whoever is signed out keeps what is typed: a form asks for its preview, and is told when it is sent. */
export function stayWithForms(): void {
  document.addEventListener('htmx:beforeOnLoad', (event) => {
    if (!(event instanceof CustomEvent)) return
    const { xhr, elt, requestConfig }: RequestDetail = event.detail
    const isLeading = xhr.getResponseHeader('HX-Redirect') !== null
    const isInForm = elt.closest('form[method=post]') !== null
    if (isLeading && isInForm && requestConfig.verb === 'get') event.preventDefault()
  })
}

/** Filters left empty stay out of the address. */
export function dropEmptyFilters(): void {
  document.addEventListener('htmx:configRequest', (event) => {
    if (!(event instanceof CustomEvent) || event.detail.verb !== 'get') return
    const parameters: Record<string, unknown> = event.detail.parameters
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === '') delete parameters[name]
    }
  })
}

/**
 * The second press of a double click or of Enter may come after the answer to the first, when a fresh and empty form
 * stands in the place of the sent one: refusing that would look as if nothing had been booked.
 */
export function ignoreSecondPresses(): void {
  let bookedAt = 0
  onRequest('htmx:beforeSwap', (detail) => {
    if (isPost(detail) && detail.xhr.status < 400) bookedAt = Date.now()
  })
  document.addEventListener('input', () => {
    bookedAt = 0
  })
  const stop = (event: Event) => {
    // A row that was saved is no form any more; what is sent now is another one.
    const isRow = event.target instanceof Element && event.target.matches('.row-form')
    if (isRow || Date.now() - bookedAt > SECOND_PRESS_MS) return
    event.preventDefault()
    event.stopPropagation()
  }
  document.addEventListener('submit', stop, true)
}

/** A page that comes back with the Back button must not keep the buttons that its last request disabled. */
export function freeButtonsOnReturn(): void {
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    for (const button of Array.from(document.querySelectorAll('button'))) button.disabled = false
  })
}

function sentenceFor(detail: RequestDetail): string {
  const { status } = detail.xhr
  if (status === 429) return withAdvice(tooMany(detail), detail)
  const known = ANSWERS[status]
  if (status === 503) return withAdvice(known || '', detail)
  return known || withAdvice('Ada yang salah di sisi kami.', detail)
}

/** The server says when; nothing was booked. */
function tooMany({ xhr }: RequestDetail): string {
  const seconds = Number(xhr.getResponseHeader('Retry-After')) || 0
  return `Terlalu banyak permintaan. ${seconds > 0 ? `Tunggu ${seconds} detik.` : 'Tunggu sebentar.'}`
}

const withAdvice = (sentence: string, detail: RequestDetail): string =>
  `${sentence} ${isPost(detail) ? KEPT : TRY_AGAIN}`

const isPost = ({ requestConfig }: RequestDetail): boolean => requestConfig.verb === 'post'

function show(detail: RequestDetail, sentence: string): void {
  removeTrouble()
  const place =
    detail.target.closest('[role=status]') ||
    detail.elt.closest('form, .history') ||
    detail.elt.closest('td') ||
    detail.target
  const notice = document.createElement('div')
  notice.className = 'notice bad'
  notice.tabIndex = -1
  notice.setAttribute('role', 'alert')
  notice.setAttribute('data-trouble', '')
  place.insertBefore(notice, place.firstChild)
  notice.textContent = sentence
  if (isPost(detail) || detail.elt instanceof HTMLAnchorElement) notice.focus()
}

function removeTrouble(): void {
  for (const notice of Array.from(document.querySelectorAll('[data-trouble]'))) notice.remove()
}

/** What was booked before must not seem to speak of what is being sent now. Its place is kept: nothing may jump. */
function hideStatus(): void {
  const status = document.getElementById('status')
  if (status) status.style.visibility = 'hidden'
}

function clearStatus(): void {
  const status = document.getElementById('status')
  if (!status) return
  status.textContent = ''
  status.style.visibility = ''
}
