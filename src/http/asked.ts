import type { Context } from 'hono'
import type { z } from 'zod'
import { readInput, readTyped } from '#src/http/input.ts'
import type { Env } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'

/** The filter of a list, as it stands in the address. */
export type Asked<Filter> = {
  /** Null where something is wrong with it. */
  filter: Filter | null
  /** As it was typed. */
  typed: Record<string, string>
  /** A sentence for each field at fault. */
  errors: Record<string, string>
  status: 200 | 422
}

/** What a list is asked for: a filter that makes no sense comes back with the page, and is no failure of it. */
export async function readAsked<Schema extends z.ZodType>(
  c: Context<Env>,
  schema: Schema,
): Promise<Asked<z.output<Schema>>> {
  const typed = await readTyped(c)
  try {
    return { filter: await readInput(c, 'query', schema), typed, errors: {}, status: 200 }
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    return { filter: null, typed, errors: error.details, status: 422 }
  }
}
