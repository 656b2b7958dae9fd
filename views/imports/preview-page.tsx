import type { Draft } from '#src/imports/draft.ts'
import { formatDayClock, type WallClock } from '#src/units/business-day.ts'
import { BookForm } from '#views/imports/book-form.tsx'
import { ChoiceForm, type ChoiceFormProps, hasChoice } from '#views/imports/choice-form.tsx'
import { OutcomeNotice } from '#views/imports/outcome-notice.tsx'
import { IMPORTS_PATH } from '#views/imports/paths.ts'
import { PlacesTable } from '#views/imports/places-table.tsx'
import { ProblemsTable } from '#views/imports/problems-table.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type PreviewPageProps = Omit<ChoiceFormProps, 'draft'> & {
  draft: Draft
  uploadedClock: WallClock
  zoneLabel: string
  /** Why nothing was done just now, where that is not the file's fault. */
  refusal: string | null
}

/** What booking an uploaded file would do, or what became of it. */
export function PreviewPage(props: PreviewPageProps) {
  const { draft, isSettled, uploadedClock, zoneLabel, refusal } = props
  const { outcome } = draft
  const isBooked = outcome.state === 'booked'
  return (
    <div class="imports">
      <div class="page-head">
        <div>
          <h1>{isBooked ? 'Berkas dibukukan' : 'Periksa impor'}</h1>
          <p class="file-name">{`${draft.fileName}, diunggah ${formatDayClock(uploadedClock)} ${zoneLabel}`}</p>
        </div>
        <p>
          <a href={IMPORTS_PATH}>{isSettled ? 'Impor lain' : 'Unggah berkas lain'}</a>
        </p>
      </div>
      {refusal === null ? null : (
        <div class="notice bad" role="alert" tabindex={-1} data-errors>
          <p>{refusal}</p>
        </div>
      )}
      <OutcomeNotice draft={draft} isSettled={isSettled} />
      {outcome.state === 'ready' && !isSettled ? <BookForm {...props} /> : null}
      {'places' in outcome ? (
        <Panel
          id="places"
          heading={isBooked ? 'Yang dibukukan' : isSettled ? 'Sisa di buku' : 'Jika dibukukan'}
        >
          <PlacesTable places={outcome.places} />
        </Panel>
      ) : null}
      {outcome.state === 'wrong' ? <ProblemsTable {...outcome} /> : null}
      {hasChoice(props) ? <ChoiceForm {...props} /> : null}
    </div>
  )
}
