import type { Actor } from '#src/auth/permissions.ts'
import { readStanding } from '#src/corrections/queries.ts'
import { foreseeCorrection } from '#src/ledger/correction.ts'
import { typedPreview } from '#src/ledger/correction-input.ts'
import type { EntryType, EntryView } from '#src/ledger/entry-view.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { type Day, formatDate } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'
import type { CorrectionValues } from '#views/corrections/correction-form.tsx'
import type { PreviewProps, PreviewRow } from '#views/corrections/preview.tsx'

type Foreseen = Awaited<ReturnType<typeof foreseeCorrection>>

/** What the form as it stands would do to the books; what they say now, where it would do nothing that can be booked. */
export async function previewCorrection(
  system: System,
  actor: Actor,
  { entry, values }: { entry: EntryView; values: CorrectionValues },
): Promise<PreviewProps> {
  const { locationName } = entry
  const typed = typedPreview(system.config.timezone).safeParse({
    entryId: String(entry.id),
    reason: '',
    mode: values.mode,
    'replacement.amount': values.amount,
    'replacement.occurredAt': values.occurredAt,
  })
  if (!typed.success)
    return { locationName, rows: await standingRows(system, entry), problem: null }
  try {
    const foreseen = await foreseeCorrection(system, actor, keepTexts(typed.data))
    return { locationName, rows: foreseenRows(foreseen), problem: null }
  } catch (error) {
    if (!(error instanceof Rejected) || error.status !== 422) throw error
    const [sentence = error.message] = Object.values(error.details)
    return { locationName, rows: await standingRows(system, entry), problem: sentence }
  }
}

type Typed = Parameters<typeof foreseeCorrection>[2]

/** Texts and consumer move no litres, so a look ahead leaves them as they are. */
function keepTexts({ entryId, reason, replacement }: Typed): Typed {
  if (replacement === null) return { entryId, reason, replacement }
  const { amount, occurredAt } = replacement
  return { entryId, reason, replacement: { amount, occurredAt } }
}

/** Books without a change. */
async function standingRows({ db }: System, entry: EntryView): Promise<PreviewRow[]> {
  const day = entry.occurredClock.slice(0, 10)
  const { balance, litresIn, litresOut } = await readStanding(db, { location: entry.location, day })
  const moved = entry.type === 'IN' ? litresIn : litresOut
  return [
    own(entry, null),
    { label: AFTER_ENTRY, before: entry.balanceAfter, after: null, move: null },
    { label: dayLabel(entry.type, day), before: moved, after: null, move: entry.type },
    { label: NOW, before: balance, after: null, move: null },
  ]
}

function foreseenRows({ original, replacement, outlook }: Foreseen): PreviewRow[] {
  const { balanceAfter, balance, days } = outlook
  const change = days.reduce((sum, { before, after }) => sum + after.net - before.net, 0n)
  const moved = original.type === 'IN' ? 'litresIn' : 'litresOut'
  return [
    own(original, replacement?.litres ?? 0n),
    { label: AFTER_ENTRY, before: original.balanceAfter, after: balanceAfter, move: null },
    ...days.map(({ day, before, after }) => ({
      label: dayLabel(original.type, day),
      before: before[moved],
      after: after[moved],
      move: original.type,
    })),
    { label: NOW, before: balance - change, after: balance, move: null },
  ]
}

const AFTER_ENTRY = 'Sisa setelah catatan ini'
const NOW = 'Sisa sekarang'

const own = ({ litres, type }: EntryView, after: Litres | null): PreviewRow => ({
  label: 'Catatan ini',
  before: litres,
  after,
  move: type,
})

const dayLabel = (type: EntryType, day: Day): string =>
  `${type === 'IN' ? 'Masuk' : 'Pemakaian'} ${formatDate(day)}`
