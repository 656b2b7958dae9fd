import type { MiddlewareHandler } from 'hono'
import type { Env } from '#src/http/route.ts'

const POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

export const securityHeaders: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  c.header('Content-Security-Policy', POLICY)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'same-origin')
  c.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=()')
  if (c.var.system.config.isHttps) c.header('Strict-Transport-Security', 'max-age=31536000')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}
