import { z } from 'zod'
import { shapeProblem } from '#src/auth/password-rules.ts'
import { isZone } from '#src/units/business-day.ts'

const DEFAULT_PORT = 4111

/** A refinement is asked even about what was found to be no URL. */
const isUrl = (text: string): boolean => URL.canParse(text)

/** Something to listen on: a name or an address, without a port. */
const isHost = (host: string): boolean =>
  isUrl(`http://${bracketed(host)}`) && !/[\s/@?#]/.test(host)

const DatabaseUrl = z
  .url({
    protocol: /^mysql$/,
    error: 'harus seperti mysql://user:password@host:3306/database',
  })
  .refine(
    (url) => !isUrl(url) || new URL(url).pathname.length > 1,
    'harus menyebut nama basis data setelah host',
  )

/** Who a mail comes from: an address, or a name with the address in angle brackets. */
const SENDER = /^(?:[^<>\r\n]{0,200}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/

/** A secret in the address would end up in logs, and has its own variable. */
const hasNoUser = (url: string): boolean =>
  !isUrl(url) || (new URL(url).username === '' && new URL(url).password === '')

const databaseOf = (url: string): string => (isUrl(url) ? new URL(url).pathname : url)

const Environment = z
  .object({
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'harus angka bulat')
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535, 'harus antara 1 dan 65535')
      .default(DEFAULT_PORT),
    HOST: z
      .string()
      .max(255, 'terlalu panjang')
      .transform((host) => host.replace(/^\[(.*)\]$/, '$1'))
      .refine(isHost, 'bukan alamat atau nama host (contoh: 127.0.0.1)')
      .default('127.0.0.1'),
    DATA_DIR: z.string().max(1000, 'terlalu panjang').default('.data'),
    DATABASE_URL: DatabaseUrl.optional(),
    DATABASE_MIGRATION_URL: DatabaseUrl.optional(),
    PUBLIC_ORIGIN: z
      .url({ protocol: /^https?$/, error: 'harus seperti https://bbm.example.com' })
      .refine(
        (url) => !isUrl(url) || new URL(url).origin === url.replace(/\/$/, ''),
        'hanya alamat asalnya, tanpa jalur dan tanpa nama pengguna',
      )
      .transform((url) => new URL(url).origin)
      .optional(),
    TIMEZONE: z
      .string()
      .refine(isZone, 'bukan zona waktu (contoh: Asia/Makassar)')
      .default('Asia/Makassar'),
    JWT_SECRET: z.string().min(32, 'paling sedikit 32 huruf').max(1000).optional(),
    ADMIN_EMAIL: z.email('harus email').max(254).default('admin@localhost.localdomain'),
    ADMIN_PASSWORD: z
      .string()
      .superRefine((password, context) => {
        const problem = shapeProblem(password)
        if (problem !== null) context.addIssue(`tidak bisa dipakai. ${problem}`)
      })
      .optional(),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'harus seperti smtp://user:password@host:587' })
      .optional(),
    MAIL_FROM: z
      .string()
      .max(320, 'terlalu panjang')
      .regex(SENDER, 'harus email (contoh: BBM <bbm@example.com>)')
      .optional(),
    WEBHOOK_URL: z
      .url({ protocol: /^https?$/, error: 'harus seperti https://example.com/bbm' })
      .refine(hasNoUser, 'tanpa nama pengguna: penerima mengenal kiriman dari tanda tangannya')
      .optional(),
    WEBHOOK_SECRET: z.string().min(16, 'paling sedikit 16 huruf').max(1000).optional(),
    NODE_ENV: z
      .enum(['development', 'production', 'test'], 'harus development, production atau test')
      .default('development'),
    LOG_LEVEL: z
      .enum(
        ['debug', 'info', 'warn', 'error', 'silent'],
        'harus debug, info, warn, error atau silent',
      )
      .default('info'),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.JWT_SECRET, {
    path: ['JWT_SECRET'],
    error: 'harus diisi bila NODE_ENV=production',
  })
  .refine((env) => !env.WEBHOOK_URL || env.WEBHOOK_SECRET, {
    path: ['WEBHOOK_SECRET'],
    error: 'harus diisi bersama WEBHOOK_URL',
  })
  .refine((env) => !env.DATABASE_MIGRATION_URL || env.DATABASE_URL, {
    path: ['DATABASE_MIGRATION_URL'],
    error: 'hanya bersama DATABASE_URL',
  })
  .refine(
    ({ DATABASE_URL: app, DATABASE_MIGRATION_URL: migration }) =>
      !app || !migration || databaseOf(app) === databaseOf(migration),
    {
      path: ['DATABASE_MIGRATION_URL'],
      error: 'harus menyebut basis data yang sama dengan DATABASE_URL',
    },
  )

export type Config = Readonly<{
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  /** Of the account that changes tables and grants rights; the app's own account then cannot change an entry. */
  databaseMigrationUrl: string | undefined
  publicOrigin: string
  isHttps: boolean
  timezone: string
  jwtSecret: string | undefined
  adminEmail: string
  adminPassword: string | undefined
  /** Without it no e-mail is sent. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Where changes of stock levels are posted to, and the key their signatures are made with. */
  webhook: Readonly<{ url: string; secret: string }> | undefined
  isProduction: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}>

/** Says everything that is wrong with the environment at once, a line each. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(readonly problems: string[]) {
    super(`Konfigurasi salah:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}

/** Parses the environment once; an empty variable counts as absent. Throws ConfigError with every problem. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(
      [...new Map(parsed.error.issues.map(({ path, message }) => [path.join('.'), message]))].map(
        ([name, message]) => `${name} ${message}`,
      ),
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
    databaseMigrationUrl: env.DATABASE_MIGRATION_URL,
    publicOrigin,
    isHttps: publicOrigin.startsWith('https:'),
    timezone: env.TIMEZONE,
    jwtSecret: env.JWT_SECRET,
    adminEmail: env.ADMIN_EMAIL,
    adminPassword: env.ADMIN_PASSWORD,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM ?? senderAt(new URL(publicOrigin).hostname),
    webhook:
      env.WEBHOOK_URL && env.WEBHOOK_SECRET
        ? Object.freeze({ url: env.WEBHOOK_URL, secret: env.WEBHOOK_SECRET })
        : undefined,
    isProduction: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
  })
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** Mail servers refuse a sender at a bare address or at a name without a dot. */
function senderAt(host: string): string {
  const isName = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(host)
  return `Monitoring BBM <bbm@${isName ? host : 'localhost.localdomain'}>`
}
