import { describe, expect, test } from 'bun:test'
import { ConfigError, readConfig } from '#src/config.ts'

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('an empty environment', () => {
  test('is a depot on this machine in the zone of Makassar', () => {
    expect(readConfig({})).toEqual({
      port: 4111,
      host: '127.0.0.1',
      dataDir: '.data',
      databaseUrl: undefined,
      databaseMigrationUrl: undefined,
      publicOrigin: 'http://127.0.0.1:4111',
      isHttps: false,
      timezone: 'Asia/Makassar',
      jwtSecret: undefined,
      adminEmail: expect.stringContaining('@'),
      adminPassword: undefined,
      smtpUrl: undefined,
      mailFrom: 'Monitoring BBM <bbm@localhost.localdomain>',
      webhook: undefined,
      isProduction: false,
      logLevel: 'info',
    })
  })

  test('is also one whose variables are empty, and the result cannot be changed', () => {
    const config = readConfig({
      PORT: '',
      HOST: '',
      DATABASE_URL: '',
      TIMEZONE: '',
      JWT_SECRET: '',
    })
    expect(config).toEqual(readConfig({}))
    expect(Object.isFrozen(config)).toBe(true)
  })
})

test('what is set is taken', () => {
  const config = readConfig({
    PORT: '80',
    HOST: '::1',
    DATABASE_URL: 'mysql://a:b@db:3306/bbm',
    TIMEZONE: 'Asia/Jayapura',
    NODE_ENV: 'production',
    JWT_SECRET: 'x'.repeat(32),
    LOG_LEVEL: 'debug',
  })
  expect(config).toMatchObject({ port: 80, publicOrigin: 'http://[::1]', isProduction: true })
  expect(config).toMatchObject({ timezone: 'Asia/Jayapura', logLevel: 'debug' })
  expect(readConfig({ PUBLIC_ORIGIN: 'https://bbm.example.com/' })).toMatchObject({
    publicOrigin: 'https://bbm.example.com',
    isHttps: true,
  })
})

const WRONG: [string, string][] = [
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', 'x'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PORT', '1e3'],
  ['PORT', ' 80'],
  ['DATABASE_URL', 'postgres://a@b/c'],
  ['DATABASE_URL', 'mysql://host'],
  ['DATABASE_URL', 'mysql://host/'],
  ['DATABASE_URL', 'bbm'],
  ['DATABASE_MIGRATION_URL', 'mysql://a:b@db/bbm'],
  ['DATABASE_MIGRATION_URL', 'bbm'],
  ['PUBLIC_ORIGIN', 'bbm.example.com'],
  ['PUBLIC_ORIGIN', 'ftp://x.id'],
  ['PUBLIC_ORIGIN', 'https://x.id/bbm'],
  ['TIMEZONE', 'WITA+8'],
  ['TIMEZONE', 'Mars/Olympus'],
  ['JWT_SECRET', 'x'.repeat(31)],
  ['ADMIN_EMAIL', 'admin'],
  ['ADMIN_PASSWORD', 'pendek'],
  ['ADMIN_PASSWORD', 'x'.repeat(73)],
  ['ADMIN_PASSWORD', '\u00e9'.repeat(37)],
  ['SMTP_URL', 'mail.example.com'],
  ['SMTP_URL', 'https://mail.example.com'],
  ['MAIL_FROM', 'bbm'],
  ['MAIL_FROM', 'BBM <bbm@example.com>\r\nBcc: <x@example.com>'],
  ['WEBHOOK_SECRET', 'pendek'],
  ['NODE_ENV', 'prod'],
  ['LOG_LEVEL', 'loud'],
]
test.each(WRONG)('%s=%j stops the start and is named', (name, value) => {
  const problems = problemsOf({ [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toStartWith(`${name} `)
})

test('everything that is wrong is listed at once', () => {
  const environment = Object.fromEntries(WRONG.filter(([name]) => name !== 'NODE_ENV'))
  const names = problemsOf(environment).map((problem) => problem.split(' ')[0])
  expect(new Set(names)).toEqual(new Set(Object.keys(environment)))
})

test('the account of migrations works on the database of the app', () => {
  const app = 'mysql://bbm:x@db:3306/bbm'
  const migration = 'mysql://pemilik:y@127.0.0.1/bbm'
  expect(readConfig({ DATABASE_URL: app, DATABASE_MIGRATION_URL: migration })).toMatchObject({
    databaseUrl: app,
    databaseMigrationUrl: migration,
  })
  const elsewhere = { DATABASE_URL: app, DATABASE_MIGRATION_URL: 'mysql://pemilik:y@db/lain' }
  expect(problemsOf(elsewhere)).toEqual([
    'DATABASE_MIGRATION_URL harus menyebut basis data yang sama dengan DATABASE_URL',
  ])
})

test('production does without no secret', () => {
  expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
    'JWT_SECRET harus diisi bila NODE_ENV=production',
  ])
})

test('a webhook is signed, and its address holds no password', () => {
  const url = 'https://lain.example.com/bbm?dari=depo'
  const secret = 'rahasia-yang-panjang'
  expect(readConfig({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret }).webhook).toEqual({ url, secret })
  expect(problemsOf({ WEBHOOK_URL: url })).toEqual([
    'WEBHOOK_SECRET harus diisi bersama WEBHOOK_URL',
  ])
  for (const wrong of ['ftp://example.com/bbm', 'lain.example.com'])
    expect(problemsOf({ WEBHOOK_URL: wrong, WEBHOOK_SECRET: secret })).toEqual([
      expect.stringContaining('WEBHOOK_URL harus seperti'),
    ])
  const withUser = { WEBHOOK_URL: 'https://a:b@lain.example.com/', WEBHOOK_SECRET: secret }
  expect(problemsOf(withUser)).toEqual([expect.stringContaining('WEBHOOK_URL tanpa nama')])
})

test('mails come from the place where the app is found, or from whom the environment names', () => {
  const at = (PUBLIC_ORIGIN: string) => readConfig({ PUBLIC_ORIGIN }).mailFrom
  expect(at('https://bbm.example.com')).toBe('Monitoring BBM <bbm@bbm.example.com>')
  expect(at('http://10.0.0.5:4111')).toBe('Monitoring BBM <bbm@localhost.localdomain>')
  for (const sender of ['depo@example.com', 'Depo Timur <depo@example.com>'])
    expect(readConfig({ MAIL_FROM: sender }).mailFrom).toBe(sender)
})
