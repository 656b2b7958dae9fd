const COUNTS = ['', 'Satu', 'Dua', 'Tiga', 'Empat', 'Lima', 'Enam', 'Tujuh', 'Delapan', 'Sembilan']

/** Sentences by the name of their field; the key `form` holds what belongs to no field. */
export type Errors = Record<string, string>

export type ErrorSummaryProps = {
  errors: Errors
  /** The element to go to for each field that can be seen. */
  targets: Record<string, string>
  /** What did not happen: "Belum tercatat." */
  outcome: string
}

/** Everything that is wrong, first thing in a refused form, each with a link to its field. */
export function ErrorSummary({ errors, targets, outcome }: ErrorSummaryProps) {
  const entries = Object.entries(errors)
  if (entries.length === 0) return null
  const atFields = entries.filter(([field]) => targets[field] !== undefined).length
  return (
    <div class="notice bad" role="alert" tabindex={-1} data-errors>
      <h2>
        {atFields > 0 ? `${outcome} ${countWord(atFields)} isian perlu diperbaiki:` : outcome}
      </h2>
      <ul>
        {entries.map(([field, sentence]) => {
          const target = targets[field]
          return <li>{target === undefined ? sentence : <a href={`#${target}`}>{sentence}</a>}</li>
        })}
      </ul>
    </div>
  )
}

const countWord = (count: number): string => COUNTS[count] ?? String(count)
