import type { z } from 'zod'
import { type EntryRow, entryRecord } from '#src/ledger/entry-record.ts'

/** What a row of the audit trail says, as parsed JSON: a column's name to its value. */
export type Claim = Record<string, unknown>

/** The JSON of a row of the audit trail; null where it has another form. */
export function readJson<Shape extends z.ZodType>(
  text: string | null,
  shape: Shape,
): z.output<Shape> | null {
  try {
    return shape.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

/**
 * What the audit trail says otherwise than the books, in words; null where they agree.
 * A row from before a column was kept says nothing of it, and so nothing wrong.
 */
export function compareClaim(stored: Claim, claim: Claim): string | null {
  const differing = Object.entries(stored).filter(
    ([name, value]) => name in claim && claim[name] !== value,
  )
  if (differing.length === 0) return null
  return differing
    .map(([name, value]) => `${name} ${show(claim[name])}, di buku ${show(value)}`)
    .join('; ')
}

export const compareEntry = (entry: EntryRow, claim: Claim): string | null =>
  compareClaim(entryRecord(entry), claim)

const show = (value: unknown): string => JSON.stringify(value)
