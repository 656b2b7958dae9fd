import type { MiddlewareHandler } from 'hono'
import type { Env } from '#src/http/route.ts'

const POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

const FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]

const HEADERS = Object.entries({
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  // Internet Explorer does not know frame-ancestors.
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': FEATURES.map((feature) => `${feature}=()`).join(', '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
})

/** A year, for this name alone: what else the company serves below it is not ours to decide. */
const HSTS = 'max-age=31536000'

export const securityHeaders: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  // By c.header the answer would be made anew for each, and its text turned into a stream.
  const { headers } = c.res
  for (const [name, value] of HEADERS) headers.set(name, value)
  if (c.get('system').config.isHttps) headers.set('Strict-Transport-Security', HSTS)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}
