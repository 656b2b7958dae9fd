import { Hono } from 'hono'
import { accountApi } from '#src/account/api.ts'
import { accountRoutes } from '#src/account/routes.tsx'
import { auditRoutes } from '#src/audit/routes.tsx'
import { authApi } from '#src/auth/api.ts'
import { authRoutes } from '#src/auth/routes.tsx'
import { chartsApi } from '#src/charts/api.ts'
import { chartsRoutes } from '#src/charts/routes.tsx'
import { consumersApi } from '#src/consumers/api.ts'
import { consumerRoutes } from '#src/consumers/routes.tsx'
import { correctionRoutes } from '#src/corrections/routes.tsx'
import { dashboardApi } from '#src/dashboard/api.ts'
import { dashboardRoutes } from '#src/dashboard/routes.tsx'
import { stockRoutes } from '#src/dashboard/stock-routes.tsx'
import { exportsApi } from '#src/exports/api.ts'
import { exportRoutes } from '#src/exports/routes.ts'
import { healthRoutes } from '#src/health/routes.ts'
import { historyApi } from '#src/history/api.ts'
import { historyRoutes } from '#src/history/routes.tsx'
import { clientAddress } from '#src/http/address.ts'
import { authenticate } from '#src/http/authenticate.ts'
import { limitBody } from '#src/http/body.ts'
import { onError, onNotFound } from '#src/http/failures.tsx'
import { guard } from '#src/http/guard.ts'
import { checkHost } from '#src/http/host.ts'
import { type Log, requestLog } from '#src/http/request-log.ts'
import type { Env, Route } from '#src/http/route.ts'
import { securityHeaders } from '#src/http/security-headers.ts'
import { sendAsset } from '#src/http/static.ts'
import { importRoutes } from '#src/imports/routes.tsx'
import { keysApi } from '#src/keys/api.ts'
import { keysRoutes } from '#src/keys/routes.tsx'
import { ledgerApi } from '#src/ledger/api.ts'
import { locationsApi } from '#src/locations/api.ts'
import { locationRoutes } from '#src/locations/routes.tsx'
import { openapiRoutes } from '#src/openapi/routes.tsx'
import { reportsApi } from '#src/reports/api.ts'
import { reportsRoutes } from '#src/reports/routes.tsx'
import { settingsApi } from '#src/settings/api.ts'
import { settingsRoutes } from '#src/settings/routes.tsx'
import type { System } from '#src/system.ts'
import { usersApi } from '#src/users/api.ts'
import { personRoutes } from '#src/users/person-routes.tsx'
import { usersRoutes } from '#src/users/routes.tsx'

/** Everything that can be reached, each with its permission. */
export const routes: Route[] = [
  ...healthRoutes,
  ...authRoutes,
  ...accountRoutes,
  ...dashboardRoutes,
  ...stockRoutes,
  ...historyRoutes,
  ...exportRoutes,
  ...correctionRoutes,
  ...chartsRoutes,
  ...reportsRoutes,
  ...settingsRoutes,
  ...usersRoutes,
  ...personRoutes,
  ...locationRoutes,
  ...consumerRoutes,
  ...keysRoutes,
  ...auditRoutes,
  ...importRoutes,
  ...authApi,
  ...accountApi,
  ...dashboardApi,
  ...ledgerApi,
  ...historyApi,
  ...exportsApi,
  ...chartsApi,
  ...usersApi,
  ...keysApi,
  ...locationsApi,
  ...consumersApi,
  ...reportsApi,
  ...settingsApi,
  ...openapiRoutes(() => routes),
]

export type AppOptions = {
  /** Whether the process has been told to end, and nobody should come any more. */
  isStopping?: () => boolean
  /** How long a body may take to arrive. */
  maxBodyMs?: number
}

export function createApp(
  system: System,
  log: Log,
  { isStopping = () => false, maxBodyMs }: AppOptions = {},
): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.set('system', system)
    c.set('isStopping', isStopping)
    c.set('session', null)
    c.set('formToken', '')
    c.set('dispatch', (request) => app.fetch(request))
    await next()
  })
  app.use(requestLog(log), clientAddress, securityHeaders)
  app.use(checkHost(healthRoutes), limitBody(routes, { maxMs: maxBodyMs }))
  for (const { method, path, handler } of healthRoutes) app.on(method, path, handler)
  app.get('/build/:file', sendAsset)
  app.use(authenticate)
  for (const route of routes) app.on(route.method, route.path, guard(route), route.handler)
  app.notFound(onNotFound)
  app.onError(onError)
  return app
}
