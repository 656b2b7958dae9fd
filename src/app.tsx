import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
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
import { historyApi } from '#src/history/api.ts'
import { historyRoutes } from '#src/history/routes.tsx'
import { clientAddress } from '#src/http/address.ts'
import { authenticate } from '#src/http/authenticate.ts'
import { onError, onNotFound } from '#src/http/failures.tsx'
import { guard } from '#src/http/guard.ts'
import { type Log, requestLog } from '#src/http/request-log.ts'
import type { Env, Route } from '#src/http/route.ts'
import { securityHeaders } from '#src/http/security-headers.ts'
import { sendAsset } from '#src/http/static.ts'
import { isMultipart } from '#src/http/upload.ts'
import { importRoutes } from '#src/imports/routes.tsx'
import { ledgerApi } from '#src/ledger/api.ts'
import { locationsApi } from '#src/locations/api.ts'
import { locationRoutes } from '#src/locations/routes.tsx'
import { Rejected } from '#src/rejected.ts'
import { reportsApi } from '#src/reports/api.ts'
import { reportsRoutes } from '#src/reports/routes.tsx'
import { settingsApi } from '#src/settings/api.ts'
import { settingsRoutes } from '#src/settings/routes.tsx'
import type { System } from '#src/system.ts'
import { usersApi } from '#src/users/api.ts'
import { personRoutes } from '#src/users/person-routes.tsx'
import { usersRoutes } from '#src/users/routes.tsx'

const MAX_BODY_BYTES = 1_000_000

/** Everything that can be reached, each with its permission. */
export const routes: Route[] = [
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
  ...locationsApi,
  ...consumersApi,
  ...reportsApi,
  ...settingsApi,
]

export function createApp(system: System, log: Log): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.set('system', system)
    c.set('session', null)
    c.set('formToken', '')
    c.set('dispatch', (request) => app.fetch(request))
    await next()
  })
  app.use(requestLog(log), clientAddress, securityHeaders)
  app.get('/build/:file', sendAsset)
  app.use(limitBody, authenticate)
  for (const route of routes) app.on(route.method, route.path, guard(route), route.handler)
  app.notFound(onNotFound)
  app.onError(onError)
  return app
}

const limitStreamed = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseLargeBody })

/** A form with a file has a limit of its route's own, which is kept while it is read. */
const limitBody: MiddlewareHandler<Env> = async (c, next) => {
  const { method, path } = c.req
  const route = routes.find((one) => one.method === method && one.path === path)
  if (route?.maxUploadBytes === undefined || !isMultipart(c)) return limitUsual(c, next)
  c.set('maxUploadBytes', route.maxUploadBytes)
  await next()
}

/** A length that was announced says enough: whoever looks at the body turns it into a stream, which is slow to read. */
const limitUsual: MiddlewareHandler<Env> = async (c, next) => {
  const announced = c.req.header('Content-Length')
  if (announced === undefined || c.req.header('Transfer-Encoding') !== undefined)
    return limitStreamed(c, next)
  if (Number(announced) > MAX_BODY_BYTES) refuseLargeBody()
  await next()
}

function refuseLargeBody(): never {
  throw new Rejected(413, 'Kiriman terlalu besar: paling banyak 1 MB.')
}
