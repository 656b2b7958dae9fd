import { actionLabel } from '#views/audit/action-labels.ts'
import {
  type AccessFilterValues,
  type ChangeFilterValues,
  NOBODY_VALUE,
} from '#views/audit/filter.ts'
import { nameOf, type Person, periodInWords } from '#views/history/filter-words.ts'
import type { Option } from '#views/ui/select.tsx'

type Known = { people: Person[]; nobody: string }

/** "01/11/2026–23/11/2026, oleh Sari, perbaikan, catatan nomor 42". */
export function changeFilterInWords(
  filter: ChangeFilterValues,
  known: Known & { things: Option[]; chains: Option[] },
): string {
  const thing = labelOf(known.things, filter.thing)
  return inWords([
    ...commonWords(filter, known),
    thing === '' || filter.number === '' ? thing : `${thing} nomor ${filter.number}`,
    filter.chain === '' ? '' : `rantai ${labelOf(known.chains, filter.chain)}`,
  ])
}

/** The same of sign-ins and refusals. */
export const accessFilterInWords = (filter: AccessFilterValues, known: Known): string =>
  inWords([...commonWords(filter, known), filter.address === '' ? '' : `dari ${filter.address}`])

function commonWords(
  filter: ChangeFilterValues | AccessFilterValues,
  { people, nobody }: Known,
): string[] {
  const person = filter.user === NOBODY_VALUE ? nobody : nameOf(people, filter.user)
  return [
    periodInWords(filter),
    person === '' ? '' : `oleh ${person}`,
    filter.action === '' ? '' : actionLabel(filter.action).toLowerCase(),
  ]
}

const labelOf = (options: Option[], chosen: string): string =>
  chosen === '' ? '' : (options.find(({ value }) => value === chosen)?.label ?? chosen)

const inWords = (parts: string[]): string => parts.filter((part) => part !== '').join(', ')
