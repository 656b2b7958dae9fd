import { z } from 'zod'
import type { StoredLink } from '#src/audit/verify.ts'
import { type Claim, readJson } from '#src/ledger/verify/claims.ts'
import type { Report } from '#src/ledger/verify/report.ts'

/** What is said of one entry. */
export type EntryClaim = Claim & { id: number }

/** One entry as a row of the audit trail tells it; a reversal comes with the entry that it reverses. */
export type Statement = {
  id: number
  record: EntryClaim
  original: EntryClaim | null
  link: StoredLink
}

const Entry = z.looseObject({ id: z.number() })
const Correction = z.object({ reversal: Entry, replacement: Entry.nullable() })

/** Everything that a chain says of entries, by ascending number. Names what stands out of order or cannot be read. */
export async function* readStatements(
  chain: string,
  links: AsyncIterable<StoredLink>,
  report: Report,
): AsyncGenerator<Statement> {
  let lastId = 0
  for await (const link of links) {
    const statements = parseStatements(link)
    if (statements === null) report(`jejak audit ${chain}: isi baris ${link.id} tidak terbaca`)
    for (const statement of statements ?? []) {
      if (statement.id > lastId) {
        lastId = statement.id
        yield statement
      } else {
        report(
          `jejak audit ${chain}: baris ${link.id} menyebut catatan ${statement.id} dua kali atau tidak pada urutannya`,
        )
      }
    }
  }
}

/** Null where the row tells of an entry in a form that nobody writes. */
function parseStatements(link: StoredLink): Statement[] | null {
  if (link.action === 'entry.book') {
    const entry = readJson(link.after, Entry)
    return entry && [{ id: entry.id, record: entry, original: null, link }]
  }
  if (link.action !== 'entry.correct') return []
  const original = readJson(link.before, Entry)
  const correction = readJson(link.after, Correction)
  if (!original || !correction) return null
  const { reversal, replacement } = correction
  const statements = [{ id: reversal.id, record: reversal, original, link }]
  if (!replacement) return statements
  return [...statements, { id: replacement.id, record: replacement, original: null, link }]
}
