import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { type Log, openLog } from '#src/http/request-log.ts'
import type { Env } from '#src/http/route.ts'

let log: Log | undefined

/** The request's own line was written when the file began: one that breaks later has a second one of the same id. */
export function noteFault(c: Context<Env>, error: unknown): void {
  const { system, session, requestId } = c.var
  log ??= openLog(system.config.logLevel)
  const { method } = c.req
  const route = routePath(c, -1)
  const userId = session?.actor.id ?? null
  log.error({ method, route, userId, requestId, error: describeFault(error) }, 'a file broke off')
}

/** What broke and where. The message of a failed statement is left out: it holds what people typed. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error'
  const isStatement = 'query' in error || 'sql' in error
  const code = 'code' in error ? ` ${error.code}` : ''
  const message = isStatement ? 'failed statement' : error.message.split('\n')[0]
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = error.cause === undefined ? [] : [`caused by ${describeFault(error.cause)}`]
  return [`${error.name}${code}: ${message}`, ...frames, ...cause].join('\n')
}
