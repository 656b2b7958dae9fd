import type { ChangeDetail } from '#src/audit/changes.ts'
import type { Comparison, FieldChange, State } from '#src/audit/compare.ts'
import { groupThousands } from '#src/units/litres.ts'
import { fieldLabel, isTechnical, type Reading, stateInWords } from '#views/audit/field-words.ts'
import { AUDIT_PATH, trailHref } from '#views/audit/filter.ts'
import { SYSTEM } from '#views/audit/nobody.ts'
import { Subject } from '#views/audit/subject.tsx'
import { Fact } from '#views/history/entry-facts.tsx'
import { EntryLink } from '#views/history/entry-link.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Notice } from '#views/ui/notice.tsx'

export type ChangeDetailsProps = { change: ChangeDetail; zone: string; zoneLabel: string }

/** What was changed, field by field, and the place of the row in its chain. */
export function ChangeDetails({ change, zone }: ChangeDetailsProps) {
  return (
    <div class="change">
      <Broken {...change} />
      <Fields comparison={change.comparison} reading={{ zone, names: change.names }} />
      <dl class="facts">
        <Fact label="Apa">
          <Subject subject={change.subject} /> <SameThing subject={change.subject} />
        </Fact>
        <Fact label="Oleh">{change.by ?? SYSTEM}</Fact>
        <CorrectionFacts {...change.comparison} />
        <Fact label="Rantai">
          {`${change.chainName}, baris ${groupThousands(String(change.position))}`}
        </Fact>
        <Fact label="Sidik">
          <code class="hash">{change.hash}</code>
        </Fact>
        <Fact label="Sidik baris sebelumnya">
          <code class="hash">{change.previousHash}</code>
        </Fact>
        {change.isIntact && change.isLinked ? (
          <Fact label="Pemeriksaan">Cocok dengan isinya dan dengan baris sebelumnya</Fact>
        ) : null}
      </dl>
    </div>
  )
}

function Broken({ isIntact, isLinked }: Pick<ChangeDetail, 'isIntact' | 'isLinked'>) {
  if (isIntact && isLinked) return null
  return (
    <Notice tone="bad" heading="Baris ini tidak cocok dengan rantainya">
      <p>
        {isIntact
          ? 'Baris sebelumnya sudah lain dari saat baris ini ditulis.'
          : 'Isinya sudah lain dari saat ditulis.'}{' '}
        Jalankan <code>bin/verify</code> di komputer server untuk memeriksa seluruh buku.
      </p>
    </Notice>
  )
}

function CorrectionFacts({ correction }: Pick<Comparison, 'correction'>) {
  if (correction === null) return null
  return (
    <>
      <Fact label="Alasan perbaikan">
        <span class="as-typed">{correction.reason}</span>
      </Fact>
      <Fact label="Dibatalkan oleh">
        <EntryLink id={correction.reversalId} />
      </Fact>
      <Fact label="Pengganti">
        {correction.replacementId === null ? (
          'Tidak ada: catatan ini kini dihitung nol'
        ) : (
          <EntryLink id={correction.replacementId} />
        )}
      </Fact>
    </>
  )
}

/** Leads to all changes of the same thing. */
function SameThing({ subject: { noun, number } }: Pick<ChangeDetail, 'subject'>) {
  if (noun === null) return null
  const filter = { thing: noun, number: number === null ? '' : String(number) }
  return (
    <>
      <br />
      <a href={trailHref(AUDIT_PATH, filter)}>Semua perubahannya</a>
    </>
  )
}

type FieldsProps = { comparison: Comparison; reading: Reading }

/** The sides that there are, beside each other. What both leave empty is left out. */
function Fields({ comparison, reading }: FieldsProps) {
  const { hasBefore, hasAfter, correction } = comparison
  const told = comparison.fields.filter(
    ({ before, after }) => !isNothing(before) || !isNothing(after),
  )
  const plain = told.filter(({ path }) => !isTechnical(path))
  const fields = [...plain, ...told.filter(({ path }) => isTechnical(path))]
  if (fields.length === 0) return null
  const isPair = hasBefore && hasAfter
  const [old, fresh] = correction ? ['Catatan semula', 'Pengganti'] : ['Sebelum', 'Sesudah']
  return (
    <table class={`table stack compare${isPair ? ' compare-pair' : ''}`}>
      <caption class="visually-hidden">Isi perubahan</caption>
      <thead>
        <tr>
          <th scope="col">Isian</th>
          {hasBefore ? <th scope="col">{old}</th> : null}
          {hasAfter ? <th scope="col">{hasBefore ? fresh : 'Isi'}</th> : null}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <FieldRow field={field} comparison={comparison} reading={reading} />
        ))}
      </tbody>
    </table>
  )
}

const isNothing = (state: State | undefined): boolean =>
  state === undefined || state === null || String(state) === ''

function FieldRow({ field, comparison, reading }: FieldsProps & { field: FieldChange }) {
  const { path, before, after, isChanged } = field
  const words = (state: State | undefined) => stateInWords(path, state, reading)
  return (
    <tr class={isChanged ? 'changed' : undefined}>
      <th scope="row" class="c-field">
        {fieldLabel(path)} {isChanged ? <Badge tone="on">Berubah</Badge> : null}
      </th>
      {comparison.hasBefore ? <td class="c-before as-typed">{words(before)}</td> : null}
      {comparison.hasAfter ? <td class="c-after as-typed">{words(after)}</td> : null}
    </tr>
  )
}
