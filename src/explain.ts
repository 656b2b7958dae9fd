import { ZoneChanged } from '#src/company.ts'
import { ConfigError } from '#src/config.ts'
import { isDatabaseAway } from '#src/database/client.ts'
import { Rejected } from '#src/rejected.ts'

/** What a person who typed a command is told of an error: a sentence for what can be mended, else the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof ConfigError || error instanceof ZoneChanged) return error.message
  if (error instanceof Rejected)
    return [...new Set([error.message, ...Object.values(error.details)])].join('\n')
  const { code, path } = detailsOf(error)
  if (code === 'EADDRINUSE') return 'PORT sudah dipakai program lain. Pilih PORT lain.'
  if (path !== undefined)
    return `${path} tidak bisa dipakai (${code}). Periksa DATA_DIR dan pemiliknya.`
  if (isDatabaseAway(error)) {
    return `Basis data tidak terjangkau (${code ?? error.message}). Coba lagi: yang sudah dibukukan tidak dibukukan dua kali.`
  }
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.message}` : ''
  return `${error.stack ?? error.message}${cause}`
}

/** What the system says of a failed call; a path only where the call was about a file. */
function detailsOf(error: Error): { code?: string; path?: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const isSocket = 'syscall' in error && error.syscall === 'connect'
  const path =
    'path' in error && typeof error.path === 'string' && !isSocket ? error.path : undefined
  return { ...(code !== undefined && { code }), ...(path !== undefined && { path }) }
}
