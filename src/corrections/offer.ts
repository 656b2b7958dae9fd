import type { Actor } from '#src/auth/permissions.ts'
import { mayCorrect } from '#src/ledger/correctable.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'

/** Which of these entries this person may correct now, and nobody has yet. */
export function findCorrectable(
  actor: Actor,
  entries: EntryView[],
  now: Date,
): ReadonlySet<number> {
  const open = entries.filter(
    (entry) =>
      entry.kind !== 'reversal' && entry.reversedById === null && mayCorrect(actor, entry, now),
  )
  return new Set(open.map(({ id }) => id))
}
