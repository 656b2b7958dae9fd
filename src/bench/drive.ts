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

/** A client with a rate sends all it may at the beginning of its second: so many groups begin one after the other. */
const GROUPS = 20

/**
 * Sends requests from a number of connections for a number of seconds: each the next as soon as the last is answered or,
 * at a rate, spread over every second.
 */
export async function drive(
  targets: Target[],
  { connections, seconds, overallRate }: Drive,
): Promise<Figures> {
  if (overallRate === undefined) return figuresOf([await run(targets, { connections, seconds })])
  const share = { connections: connections / GROUPS, overallRate: overallRate / GROUPS, seconds }
  const groups = Array.from({ length: GROUPS }, async (_, group) => {
    await Bun.sleep((group * 1000) / GROUPS)
    return run(targets, { ...share, first: group * share.connections })
  })
  return figuresOf(await Promise.all(groups))
}

type Run = { times: number[]; seconds: number; failures: number }

async function run(
  targets: Target[],
  { connections, seconds, overallRate, first = 0 }: Drive & { first?: number },
): Promise<Run> {
  const [target] = targets
  if (!target) throw new RangeError('nothing to send')
  const times: number[] = []
  let refused = 0
  const requests = targets.map(asked)
  let clients = first
  const result = await new Promise<Result>((done, fail) => {
    const options = {
      url: target.url,
      connections,
      duration: seconds,
      requests,
      // Each connection begins at another place, so that all kinds are under way at any moment.
      setupClient: (client: Client) => client.setRequests(turned(requests, clients++)),
      ...(overallRate && { overallRate }),
    }
    const load = autocannon(options, (error, end) => (error ? fail(error) : done(end)))
    load.on('response', (_, status, __, milliseconds) => {
      times.push(milliseconds)
      if (status < 200 || status > 299) refused++
    })
  })
  const failures = refused + result.errors + result.timeouts
  return { times, seconds: result.duration, failures }
}

function figuresOf(runs: Run[]): Figures {
  const times = runs.flatMap((one) => one.times).sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return {
    perSecond: runs.reduce((sum, one) => sum + one.times.length / one.seconds, 0),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failures: runs.reduce((sum, one) => sum + one.failures, 0),
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
