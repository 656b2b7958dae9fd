import { ZoneChanged } from '#src/company.ts'
import { ConfigError } from '#src/config.ts'
import { errnoOf, isDatabaseAway } from '#src/database/errors.ts'
import { GrantRefused } from '#src/database/grants.ts'
import { Rejected } from '#src/rejected.ts'

/** Errors whose message is written for a person already. */
const SENTENCES = [ConfigError, ZoneChanged, GrantRefused]

const ADVICE = [
  {
    // Wrong name or password, in the words of both servers, and a machine that is not let in.
    errnos: [1045, 1698, 1130],
    sentence: 'Basis data menolak akun ini. Periksa DATABASE_URL dan DATABASE_MIGRATION_URL.',
  },
  {
    errnos: [1049],
    sentence: 'Basis data itu belum ada. Buat dulu, atau periksa namanya di DATABASE_URL.',
  },
  {
    errnos: [1044, 1142, 1143, 1227],
    sentence:
      'Akun basis data tidak berhak melakukan ini. Isi DATABASE_MIGRATION_URL dengan akun yang boleh mengubah tabel dan memberi hak.',
  },
]

/** What a person who typed a command is told of an error: a sentence for what can be mended, else the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (SENTENCES.some((kind) => error instanceof kind)) return error.message
  if (error instanceof Rejected)
    return [...new Set([error.message, ...Object.values(error.details)])].join('\n')
  const { code, path } = detailsOf(error)
  if (code === 'EADDRINUSE') return 'PORT sudah dipakai program lain. Pilih PORT lain.'
  if (path !== undefined)
    return `${path} tidak bisa dipakai (${code}). Periksa DATA_DIR dan pemiliknya.`
  if (isDatabaseAway(error)) {
    return `Basis data tidak terjangkau (${code ?? error.message}). Coba lagi: yang sudah dibukukan tidak dibukukan dua kali.`
  }
  const advice = ADVICE.find(({ errnos }) => errnos.includes(errnoOf(error) ?? 0))
  if (advice) return `${advice.sentence} (Jawaban basis data: ${innermost(error).message})`
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.message}` : ''
  return `${error.stack ?? error.message}${cause}`
}

/** The database's own words, which may be wrapped in ours. */
function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error
}

/** What the system says of a failed call; a path only where the call was about a file. */
function detailsOf(error: Error): { code?: string; path?: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const isSocket = 'syscall' in error && error.syscall === 'connect'
  const path =
    'path' in error && typeof error.path === 'string' && !isSocket ? error.path : undefined
  return { ...(code !== undefined && { code }), ...(path !== undefined && { path }) }
}
