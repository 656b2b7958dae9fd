import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Permission } from '#src/auth/permissions.ts'
import type { Session } from '#src/auth/sessions.ts'
import type { ApiDeclaration } from '#src/http/api-route.ts'
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
    /** Whether the process has been told to end. */
    isStopping: () => boolean
    /** Where this request sends a form with a file and its route takes one: how long it may be. */
    maxUploadBytes?: number
    /** That form, once the guard has read what stands before the file. */
    upload?: Upload
    /** Sends a request of our own making through the whole app. */
    dispatch: (request: Request) => Response | Promise<Response>
  }
}

export type Handler = (c: Context<Env>) => Response | Promise<Response>

/** Why a form comes back unsent: the session, or the token of the page it stood on, had run out. */
export type Returned = { status: 200 | 403; sentence: string }

/** A route as it is declared: the permission is part of it, and the test of the permission matrix reads it. */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  permission: Permission
  handler: Handler
  /** The most bytes of a form with a file; any other body keeps to the limit of all. */
  maxUploadBytes?: number
  /** Also for whom an admin made up the password: all else waits until they have chosen one of their own. */
  allowsGivenPassword?: true
  /** Only of the API: what its requests carry and its answers hold. */
  api?: ApiDeclaration
  /** Shows the form as it was sent, with a fresh token, and writes nothing. */
  refill?: (c: Context<Env>, why: Returned) => Response | Promise<Response>
}

export function route(
  method: Route['method'],
  path: string,
  permission: Permission,
  handler: Handler,
  options: Pick<Route, 'maxUploadBytes' | 'allowsGivenPassword' | 'refill'> = {},
): Route {
  return { method, path, permission, handler, ...options }
}
