import autocannon, { type Client, type Result } from 'autocannon'

export type Target = {
  url: string
  path: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
}

export type Drive = {
  connections: number
  seconds: number
  /** Requests a second of all connections together; without it each sends the next as soon as it can. */
  overallRate?: number | undefined
}

/** One run of load. Times in milliseconds. */
export type Figures = {
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Answers that were no 2xx, and requests without an answer. */
  failures: number
}

/** Sends requests from a number of connections for a number of seconds, each the next as soon as the last is answered. */
export async function drive(
  targets: Target[],
  { connections, seconds, overallRate }: Drive,
): Promise<Figures> {
  const [first] = targets
  if (!first) throw new RangeError('nothing to send')
  const times: number[] = []
  let refused = 0
  const requests = targets.map(asked)
  let clients = 0
  const result = await new Promise<Result>((done, fail) => {
    const options = {
      url: first.url,
      connections,
      duration: seconds,
      requests,
      // Each connection begins at another place, so that all kinds are under way at any moment.
      setupClient: (client: Client) => client.setRequests(turned(requests, clients++)),
      ...(overallRate && { overallRate }),
    }
    const run = autocannon(options, (error, end) => (error ? fail(error) : done(end)))
    run.on('response', (_, status, __, milliseconds) => {
      times.push(milliseconds)
      if (status < 200 || status > 299) refused++
    })
  })
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return {
    perSecond: times.length / result.duration,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failures: refused + result.errors + result.timeouts,
  }
}

const asked = ({ method = 'GET', path, headers = {}, body }: Target) => ({
  method,
  path,
  headers,
  ...(body !== undefined && { body }),
})

function turned<Item>(items: Item[], by: number): Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}
