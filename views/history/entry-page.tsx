import type { TrailRowView } from '#src/audit/queries.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { EntryFacts, Fact, inWords } from '#views/history/entry-facts.tsx'
import { EntryLink } from '#views/history/entry-link.tsx'
import { EntryTrail } from '#views/history/entry-trail.tsx'
import { correctionHref, HISTORY_PATH } from '#views/history/filter.ts'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'

/** A correction as it stands in the books. */
export type CorrectionLinks = {
  originalId: number
  reversal: EntryView
  replacement: EntryView | null
}

export type EntryPageProps = {
  entry: EntryView
  zoneLabel: string
  /** The correction that this entry belongs to, as its reversal or its replacement. */
  partOf: CorrectionLinks | null
  /** The correction that took this entry out of the books. */
  correctedBy: CorrectionLinks | null
  isCorrectable: boolean
  /** What the audit trail says of it. */
  trail: TrailRowView[]
  mayViewAudit: boolean
}

/** One entry with everything that is known of it. */
export function EntryPage(props: EntryPageProps) {
  const { entry, zoneLabel } = props
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Catatan nomor {entry.id}</h1>
          <p>{inWords(entry.occurredClock, zoneLabel)}</p>
        </div>
        <p>
          <a href={HISTORY_PATH}>Semua riwayat</a>
        </p>
      </div>
      <section class="panel" aria-label={`Rincian catatan nomor ${entry.id}`}>
        <dl class="facts">
          <EntryFacts entry={entry} zoneLabel={zoneLabel} />
          <PartOf {...props} />
          <CorrectedBy {...props} />
        </dl>
      </section>
      {props.isCorrectable ? (
        <Buttons>
          <ButtonLink href={correctionHref(entry.id)}>Perbaiki catatan ini</ButtonLink>
        </Buttons>
      ) : null}
      <EntryTrail rows={props.trail} zoneLabel={zoneLabel} mayViewAudit={props.mayViewAudit} />
    </>
  )
}

function PartOf({ entry, partOf }: EntryPageProps) {
  if (partOf === null) return null
  const { originalId, reversal, replacement } = partOf
  if (entry.id === reversal.id) {
    return (
      <>
        <Fact label="Memperbaiki">
          <EntryLink id={originalId} />
        </Fact>
        <Fact label="Pengganti">{replacement ? <EntryLink id={replacement.id} /> : null}</Fact>
      </>
    )
  }
  return (
    <>
      <Fact label="Pengganti dari">
        <EntryLink id={originalId} />
      </Fact>
      <Reason reversal={reversal} />
    </>
  )
}

function CorrectedBy({ correctedBy }: EntryPageProps) {
  if (correctedBy === null) return null
  const { reversal, replacement } = correctedBy
  return (
    <>
      <Fact label="Diperbaiki">
        <EntryLink id={reversal.id} /> oleh {reversal.userName}
      </Fact>
      <Fact label="Diganti dengan">{replacement ? <EntryLink id={replacement.id} /> : null}</Fact>
      <Reason reversal={reversal} />
    </>
  )
}

const Reason = ({ reversal }: { reversal: EntryView }) => (
  <Fact label="Alasan perbaikan">
    <span class="as-typed">{reversal.notes}</span>
  </Fact>
)
