import { randomUUID } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
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
    c.set('requestId', randomUUID())
    c.set('log', log)
    await next()
    const { status, headers } = c.res
    headers.set('X-Request-Id', c.get('requestId'))
    const ms = Math.round((performance.now() - startedAt) * 10) / 10
    const line = { ...described(c), status, ms }
    if (c.error && status >= 500) log.error({ ...line, error: describeError(c.error) })
    else if (status >= 400) log.warn(line)
    else log.info(line)
  }
}

/** A file that breaks off has a second line: the request's own was written when the file began. */
export function noteBrokenFile(c: Context<Env>, error: unknown): void {
  c.get('log').error({ ...described(c), error: describeError(error) }, 'a file broke off')
}

function described(c: Context<Env>) {
  const session = c.get('session')
  const requestId = c.get('requestId')
  const { method } = c.req
  return { method, route: routePath(c, -1), userId: session?.actor.id ?? null, requestId }
}

/**
 * The stack of an error and of what it wraps. Of a failed statement neither message nor values are told: they are
 * people's input.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error'
  const code = 'code' in error ? ` ${error.code}` : ''
  const frames = isDatabaseAway(error)
    ? []
    : (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause === undefined ? [] : [`caused by ${describeError(error.cause)}`]
  return [`${error.name}${code}: ${messageOf(error)}`, ...frames, ...cause].join('\n')
}

function messageOf(error: Error): string {
  // Drizzle's error holds the statement with its places for values, the driver's has the values in it.
  if ('query' in error) return `failed statement ${error.query}`
  if ('sql' in error) return 'failed statement'
  return error.message.split('\n')[0] ?? ''
}
