import { pino } from 'pino'
import { type AppOptions, createApp } from '#src/app.tsx'
import { listen } from '#src/http/listen.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

export type ServedDepot = Depot & {
  /** Where a browser finds it. */
  origin: string
  /** Stops the server, then the depot. */
  close: () => Promise<void>
}

/** The depot of the tests behind a real port of this machine, for browsers. */
export async function serveDepot(options: AppOptions = {}): Promise<ServedDepot> {
  const depot = await openDepot()
  // The port is known only once the server listens, and the app must know its own origin.
  let app = depot.app
  const server = listen(
    { fetch: (request, env) => app.fetch(request, env) },
    { hostname: '127.0.0.1', port: 0 },
  )
  const origin = server.url.origin
  const config = { ...depot.system.config, publicOrigin: origin }
  app = createApp({ ...depot.system, config }, pino({ level: 'silent' }), options)
  const close = async () => {
    await server.stop(true)
    await depot.close()
  }
  return { ...depot, origin, close }
}
