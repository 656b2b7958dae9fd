import type { Hono } from 'hono'
import type { Env } from '#src/http/route.ts'

/** Bun cuts a silent connection after 10 s by itself; nginx is the one to decide. */
const IDLE_SECONDS = 75

type Answering = Pick<Hono<Env>, 'fetch'>

/** Answers by the app on a port of this machine; 0 is any that is free. */
export function listen(app: Answering, { hostname, port }: { hostname: string; port: number }) {
  return Bun.serve({
    hostname,
    port,
    idleTimeout: IDLE_SECONDS,
    // Else what the app itself cannot answer is shown with its source.
    development: false,
    // Without a Host, or with one that is none, a request has no address.
    fetch: (request, server) =>
      URL.canParse(request.url) ? app.fetch(request, server) : bare(400, 'Host tidak terbaca.'),
    error: () => bare(500, 'Ada yang salah di sisi kami.'),
  })
}

const bare = (status: number, sentence: string): Response =>
  new Response(sentence, { status, headers: { 'Cache-Control': 'no-store', Connection: 'close' } })
