import { type ParseArgsConfig, parseArgs } from 'node:util'
import { type Config, readConfig } from '#src/config.ts'
import type { Database } from '#src/database/client.ts'
import { withDatabase } from '#src/database/tool.ts'
import { explain } from '#src/explain.ts'
import { openSystem } from '#src/open-system.ts'
import type { System } from '#src/system.ts'

export type Tools = { system: System; database: Database; config: Config }

/** What went wrong was the call itself; the person is told how to call. */
export class WrongUsage extends Error {
  override name = 'WrongUsage'
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`)
export const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** Reads the command line. Throws WrongUsage in place of the parser's own error; --help prints the help and ends. */
export function readArguments<Options extends ParseArgsConfig['options']>(
  options: Options,
  help: string,
) {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    print(help)
    process.exit(0)
  }
  try {
    return parseArgs({ options, allowPositionals: true, strict: true })
  } catch {
    throw new WrongUsage(`Pilihan tidak dikenal atau tanpa isi: ${process.argv.slice(2).join(' ')}`)
  }
}

/**
 * Runs a tool on the books' database and ends the process with the status that it answers.
 * A refusal and a wrong configuration are told in a line; a wrong call ends with 2.
 */
export async function runCommand(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work())
  } catch (error) {
    if (error instanceof WrongUsage) {
      complain(`${error.message}\nLihat --help.`)
      process.exit(2)
    }
    complain(explain(error))
    process.exit(1)
  }
}

/** Opens the database for the time of the work, brought up to date. */
export async function withTools<T>(work: (tools: Tools) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  return withDatabase(config, async (addresses) => {
    const { system, database } = await openSystem(config, addresses)
    try {
      return await work({ system, database, config })
    } finally {
      await database.close()
    }
  })
}
