import { actionLabel } from '#views/audit/action-labels.ts'
import { nameOf, type Person } from '#views/history/filter-words.ts'
import type { Option } from '#views/ui/select.tsx'

export const ALL: Option = { value: '', label: 'Semua' }

type Known = { people: Person[]; nobody: Option }

/** Nobody, and everybody by name. */
export function personOptions({ people, nobody }: Known, chosen: string): Option[] {
  const known = people.map(({ id, name }) => ({ value: String(id), label: name }))
  return withChosen([nobody, ...known], { value: chosen, label: nameOf(people, chosen) })
}

export const actionOptions = (known: Option[], chosen: string): Option[] =>
  withChosen(known, { value: chosen, label: actionLabel(chosen) })

/** Also the one that was chosen, where the list does not know it. */
function withChosen(known: Option[], chosen: Option): Option[] {
  const isKnown = [ALL, ...known].some(({ value }) => value === chosen.value)
  return [ALL, ...known, ...(isKnown ? [] : [chosen])]
}
