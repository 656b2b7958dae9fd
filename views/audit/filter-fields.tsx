import { actionLabel } from '#views/audit/action-labels.ts'
import type { Person } from '#views/history/filter-words.ts'
import type { Option } from '#views/ui/select.tsx'

export const ALL: Option = { value: '', label: 'Semua' }

/** Everybody by name, and nobody. */
export const personOptions = (people: Person[], nobody: Option): Option[] => [
  ALL,
  nobody,
  ...people.map(({ id, name }) => ({ value: String(id), label: name })),
]

/** Also the one that was chosen, where the list does not know it. */
export function actionOptions(known: Option[], chosen: string): Option[] {
  const isKnown = chosen === '' || known.some(({ value }) => value === chosen)
  return [ALL, ...known, ...(isKnown ? [] : [{ value: chosen, label: actionLabel(chosen) }])]
}
