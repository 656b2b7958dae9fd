import { z } from 'zod'
import { isZone } from '#src/units/business-day.ts'

const DEFAULT_PORT = 4111

/** A refinement is asked even about what was found to be no URL. */
const isUrl = (text: string): boolean => URL.canParse(text)

const Environment = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a whole number')
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535, 'must be between 1 and 65535')
      .default(DEFAULT_PORT),
    HOST: z.string().min(1, 'must not be empty').max(255).default('127.0.0.1'),
    DATA_DIR: z.string().min(1, 'must not be empty').max(1000).default('.data'),
    DATABASE_URL: z
      .url({
        protocol: /^mysql$/,
        error: 'must look like mysql://user:password@host:3306/database',
      })
      .refine(
        (url) => !isUrl(url) || new URL(url).pathname.length > 1,
        'must name a database after the host',
      )
      .optional(),
    PUBLIC_ORIGIN: z
      .url({ protocol: /^https?$/, error: 'must look like https://bbm.example.com' })
      .refine(
        (url) => !isUrl(url) || new URL(url).origin === url.replace(/\/$/, ''),
        'must have no path',
      )
      .transform((url) => new URL(url).origin)
      .optional(),
    TIMEZONE: z
      .string()
      .refine(isZone, 'is no time zone (an example is Asia/Makassar)')
      .default('Asia/Makassar'),
    JWT_SECRET: z.string().min(32, 'must have at least 32 characters').max(1000).optional(),
    ADMIN_EMAIL: z
      .email('must be an e-mail address')
      .max(254)
      .default('admin@localhost.localdomain'),
    ADMIN_PASSWORD: z
      .string()
      .min(10, 'must have at least 10 characters')
      .refine((password) => Buffer.byteLength(password) <= 72, 'must have at most 72 bytes')
      .optional(),
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.JWT_SECRET, {
    path: ['JWT_SECRET'],
    error: 'must be set in production',
  })

export type Config = Readonly<{
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  publicOrigin: string
  isHttps: boolean
  timezone: string
  jwtSecret: string | undefined
  adminEmail: string
  adminPassword: string | undefined
  isProduction: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}>

/** Says everything that is wrong with the environment at once, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(readonly problems: string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/** Parses the environment once; an empty variable counts as absent. Throws ConfigError with every problem. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    )
  }
  const env = parsed.data
  const publicOrigin =
    env.PUBLIC_ORIGIN ?? new URL(`http://${bracketed(env.HOST)}:${env.PORT}`).origin
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    dataDir: env.DATA_DIR,
    databaseUrl: env.DATABASE_URL,
    publicOrigin,
    isHttps: publicOrigin.startsWith('https:'),
    timezone: env.TIMEZONE,
    jwtSecret: env.JWT_SECRET,
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    isProduction: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
  })
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
