export type Delivery = {
  id: string
  timestamp: string
  signature: string
  contentType: string
  body: string
}
export type Receiver = ReturnType<typeof openReceiver>

/** Another program that is posted to. It answers with `statuses` in turn, then 204; `hold` makes it fall silent. */
export function openReceiver(...statuses: number[]) {
  const deliveries: Delivery[] = []
  let held: Promise<void> = Promise.resolve()
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    idleTimeout: 60,
    async fetch(request) {
      const header = (name: string) => request.headers.get(name) ?? ''
      deliveries.push({
        id: header('X-BBM-Delivery'),
        timestamp: header('X-BBM-Timestamp'),
        signature: header('X-BBM-Signature'),
        contentType: header('Content-Type'),
        body: await request.text(),
      })
      await held
      const status = statuses.shift() ?? 204
      const location = status >= 300 && status < 400 ? { Location: '/lain' } : {}
      return new Response(null, { status, headers: location })
    },
  })
  return {
    url: new URL('/bbm', server.url).href,
    deliveries,
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return () => {
        held = Promise.resolve()
        resolve()
      }
    },
    close: () => server.stop(true),
  }
}
