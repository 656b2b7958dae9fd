import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Permission } from '#src/auth/permissions.ts'
import type { Session } from '#src/auth/sessions.ts'
import type { Upload } from '#src/http/upload.ts'
import type { System } from '#src/system.ts'

/** What every handler finds in its context. */
export type Env = {
  Variables: {
    system: System
    session: Session | null
    formToken: string
    requestId: string
    log: Logger
    address: string
    /** Where this request sends a form with a file and its route takes one: how long it may be. */
    maxUploadBytes?: number
    /** That form, once the guard has read what stands before the file. */
    upload?: Upload
  }
}

export type Handler = (c: Context<Env>) => Response | Promise<Response>

/** A route as it is declared: the permission is part of it, and the test of the permission matrix reads it. */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  permission: Permission
  handler: Handler
  /** The most bytes of a form with a file; any other body keeps to the limit of all. */
  maxUploadBytes?: number
}

export function route(
  method: Route['method'],
  path: string,
  permission: Permission,
  handler: Handler,
  options: Pick<Route, 'maxUploadBytes'> = {},
): Route {
  return { method, path, permission, handler, ...options }
}
