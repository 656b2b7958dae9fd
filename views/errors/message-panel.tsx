import type { Child } from 'hono/jsx'

export type MessagePanelProps = {
  status: number
  /** Found in the server's log; people read it out on the phone. */
  requestId: string
  /** Seconds after which another try makes sense. */
  retryAfter?: number | undefined
  heading: string
  sentence: string
  /** What to do next. */
  children: Child
}

/** What happened, what to do next, and the number to find it by. */
export function MessagePanel(props: MessagePanelProps) {
  return (
    <section class="panel" aria-labelledby="message-title">
      <div class="panel-body">
        <div class="message">
          <h1 id="message-title">{props.heading}</h1>
          <p>{props.sentence}</p>
          {props.children}
          <p class="soft">{footnote(props)}</p>
        </div>
      </div>
    </section>
  )
}

function footnote({ status, requestId, retryAfter }: MessagePanelProps): string {
  const wait = retryAfter === undefined ? '' : ` Coba lagi dalam ${retryAfter} detik.`
  return `Kode ${status}.${wait} Nomor permintaan ${requestId}.`
}
