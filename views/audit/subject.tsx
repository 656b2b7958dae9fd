import type { Noun, SubjectView } from '#src/audit/subjects.ts'
import { HISTORY_PATH } from '#views/history/filter.ts'
import { Code } from '#views/ui/code.tsx'

/** What can be changed, in the order in which it can be chosen. */
export const NOUN_LABELS: Record<Noun, string> = {
  entry: 'Catatan',
  import: 'Impor berkas',
  location: 'Lokasi',
  consumer: 'Genset atau kapal',
  user: 'Pengguna',
  key: 'Kunci API',
  settings: 'Pengaturan',
}

/** What was changed, by the name that people know it by; what nobody has named yet stands as it is stored. */
export function subjectInWords({ stored, noun, number, name }: SubjectView): string {
  if (name !== null) return name
  if (noun === null) return stored
  return number === null ? NOUN_LABELS[noun] : `${NOUN_LABELS[noun]} nomor ${number}`
}

/** The same; an entry leads to its page. */
export function Subject({ subject }: { subject: SubjectView }) {
  const words = subjectInWords(subject)
  if (subject.noun !== 'entry' || subject.number === null) return <Code code={words} />
  return <a href={`${HISTORY_PATH}/${subject.number}`}>{words}</a>
}
