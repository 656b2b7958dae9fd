import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { pino } from 'pino'
import type { Config } from '#src/config.ts'
import { isDatabaseAway } from '#src/database/errors.ts'
import type { Env } from '#src/http/route.ts'

export type Log = ReturnType<typeof openLog>

/** One JSON line an event on standard output. */
export function openLog(level: Config['logLevel']) {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })
}

/** One line a request: never its body, cookies, tokens or query, which may hold what people typed. */
export function requestLog(log: Log): MiddlewareHandler<Env> {
  return async (c, next) => {
    const startedAt = performance.now()
    const requestId = randomUUID()
    c.set('requestId', requestId)
    await next()
    c.header('X-Request-Id', requestId)
    const { status } = c.res
    const line = {
      method: c.req.method,
      route: routePath(c, -1),
      status,
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
      userId: c.var.session?.actor.id ?? null,
      requestId,
    }
    if (c.error && status >= 500) log.error({ ...line, error: describe(c.error) })
    else if (status >= 400) log.warn(line)
    else log.info(line)
  }
}

/** The stack of an error and of what it wraps. The values of a failed statement are left out: they are people's input. */
function describe(error: Error): string {
  const message =
    'query' in error ? `failed statement ${error.query}` : error.message.split('\n')[0]
  const frames = isDatabaseAway(error)
    ? []
    : (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause instanceof Error ? `\ncaused by ${describe(error.cause)}` : ''
  return `${[`${error.name}: ${message}`, ...frames].join('\n')}${cause}`
}
