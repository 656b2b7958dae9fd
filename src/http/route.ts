import type { Context } from 'hono'
import type { Permission } from '#src/auth/permissions.ts'
import type { Session } from '#src/auth/sessions.ts'
import type { System } from '#src/system.ts'

/** What every handler finds in its context. */
export type Env = {
  Variables: {
    system: System
    session: Session | null
    formToken: string
    requestId: string
    address: string
  }
}

export type Handler = (c: Context<Env>) => Response | Promise<Response>

/** A route as it is declared: the permission is part of it, and the test of the permission matrix reads it. */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  permission: Permission
  handler: Handler
}

export function route(
  method: Route['method'],
  path: string,
  permission: Permission,
  handler: Handler,
): Route {
  return { method, path, permission, handler }
}
