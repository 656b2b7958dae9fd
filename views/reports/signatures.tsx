import {
  type ReportFrame,
  SIGNATURE_LABELS,
  SIGNATURE_LINE,
  SIGNATURES,
} from '#views/reports/words.ts'

/** Who made, checked, acknowledged and approved it: place and date, room for a hand, name and position. */
export function Signatures({ frame }: { frame: ReportFrame }) {
  return (
    <ul class="signatures" aria-label="Tanda tangan">
      {SIGNATURES.map((signature) => {
        const { name, position } = frame.settings.signatories[signature]
        return (
          <li>
            <p>{`${frame.city}, ${SIGNATURE_LINE}`}</p>
            <p class="signature-as">{SIGNATURE_LABELS[signature]}</p>
            <p class="signature-name">{name === '' ? '\u00a0' : name}</p>
            <p class="soft">{position}</p>
          </li>
        )
      })}
    </ul>
  )
}
