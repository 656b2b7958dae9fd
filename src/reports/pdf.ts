import { Worker } from 'node:worker_threads'
import { tooSoon } from '#src/rejected.ts'
import type { MonthReport } from '#src/reports/rules.ts'
import type { ReportFrame } from '#views/reports/words.ts'

/** What a PDF is made of: nothing but data, since it goes to another thread. */
export type PdfContent = { report: MonthReport; frame: ReportFrame }

export const PDF_WORKER = new URL('./pdf-worker.ts', import.meta.url)

const LIMIT_MS = 20_000
/** Those that wait behind the one being made. */
const MOST_WAITING = 4
const RETRY_AFTER_MS = 5_000

let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/**
 * Makes the PDF of a report in a thread of its own, so that other requests go on meanwhile. One at a time: a thread
 * takes some 60 MB, and gives them back when it ends. Throws Rejected 429 where too many wait.
 */
export async function makePdf(
  content: PdfContent,
  { worker = PDF_WORKER, limitMs = LIMIT_MS }: { worker?: URL; limitMs?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (waiting > MOST_WAITING) {
    throw tooSoon('Beberapa laporan sedang dibuat.', RETRY_AFTER_MS)
  }
  waiting += 1
  const made = last.then(() => makeInThread(content, { worker, limitMs }))
  last = made.catch(() => undefined)
  try {
    return await made
  } finally {
    waiting -= 1
  }
}

async function makeInThread(
  content: PdfContent,
  { worker, limitMs }: { worker: URL; limitMs: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const thread = new Worker(worker)
  let timer: Timer | undefined
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no PDF within ${limitMs} ms`)), limitMs)
      thread.once('message', (bytes: Uint8Array) => resolve(new Uint8Array(bytes)))
      thread.once('error', (cause) => reject(new Error('the PDF could not be made', { cause })))
      thread.once('exit', () => reject(new Error('the thread ended without a PDF')))
      thread.postMessage(content)
    })
  } finally {
    clearTimeout(timer)
    await thread.terminate()
  }
}
