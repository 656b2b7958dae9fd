import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatDayClock, type WallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { Preview, type PreviewProps } from '#views/corrections/preview.tsx'
import { ReplacementFields } from '#views/corrections/replacement-fields.tsx'
import { correctionHref, HISTORY_PATH } from '#views/history/filter.ts'
import { CORRECTION_FORM_ID, CORRECTION_PREVIEW_ID, entryRowId, FORESEEN_ID } from '#views/ids.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'
import { type Question, UnusualQuestion } from '#views/stock/unusual-question.tsx'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Loading } from '#views/ui/loading.tsx'

/** Exactly what was typed; in a fresh form what the entry says. */
export type CorrectionValues = {
  reason: string
  mode: 'replace' | 'reverse'
  amount: string
  consumer: string
  occurredAt: string
  reference: string
  notes: string
}

export type CorrectionFormProps = {
  entry: EntryView
  formToken: string
  requestId: string
  /** The history's filter to come back to, as a query. */
  filter: string
  /** Below its row in the history, or on a page of its own. */
  isInline: boolean
  values: CorrectionValues
  errors: Errors
  question: Question | null
  consumers: string[]
  /** What the picker of the time offers. */
  latest: WallClock
  preview: PreviewProps
  /** For those whose browser does not ask for the preview by itself. */
  hasPreviewButton: boolean
}

export const CORRECTIONS_PATH = '/stock/corrections'

/** "Perbaiki pemakaian 287,50 liter". */
export const correctionHeading = ({ kind, litres }: EntryView): string =>
  `Perbaiki ${KIND_LABELS[kind].toLowerCase()} ${formatLitres(litres)} liter`

/** The history as it was, at the row of the entry. */
export const wayBack = (entryId: number, filter: string): string =>
  `${HISTORY_PATH}${filter === '' ? '' : `?${filter}`}#${entryRowId(entryId)}`

/** The root is the form itself, so that an answer can take its place. */
export function CorrectionForm(props: CorrectionFormProps) {
  const { entry, isInline, errors } = props
  const heading = correctionHeading(entry)
  return (
    <form
      class="correction"
      id={CORRECTION_FORM_ID}
      method="post"
      action={CORRECTIONS_PATH}
      aria-label={heading}
      novalidate
      hx-post={CORRECTIONS_PATH}
      hx-target="this"
      hx-select="unset"
      hx-swap="outerHTML"
      hx-push-url="false"
      hx-sync="this:drop"
      hx-disabled-elt="find button"
      hx-indicator="this"
    >
      <HiddenFields {...props} />
      <ErrorSummary errors={errors} targets={TARGETS} outcome="Belum diperbaiki." />
      <UnusualQuestion question={props.question} verb="bukukan" amountId="replacement-amount" />
      <div class="form">
        {isInline ? <h2>{`${heading}, ${formatDayClock(entry.occurredClock)}`}</h2> : null}
        <TextField
          id="reason"
          name="reason"
          label="Alasan"
          hint="5 sampai 500 huruf. Tersimpan bersama catatan, terlihat di riwayat."
          value={props.values.reason}
          error={errors.reason}
          maxLength={500}
          isRequired
        />
        <Modes {...props} />
      </div>
      <div class="preview">
        <Preview {...props.preview} />
        <p class="hint">
          Catatan asli tetap terlihat di riwayat dengan tanda “Diperbaiki”. Sisa tidak pernah kurang
          dari nol.
        </p>
        <Submit {...props} />
      </div>
    </form>
  )
}

const TARGETS = {
  reason: 'reason',
  mode: 'mode-replace',
  'replacement.amount': 'replacement-amount',
  'replacement.consumer': 'replacement-consumer',
  'replacement.occurredAt': 'replacement-occurredAt',
  'replacement.reference': 'replacement-reference',
  'replacement.notes': 'replacement-notes',
}

function HiddenFields({ entry, formToken, requestId, filter, isInline }: CorrectionFormProps) {
  return (
    <>
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="entryId" value={String(entry.id)} />
      <input type="hidden" name="filter" value={filter} />
      {isInline ? <input type="hidden" name="from" value="history" /> : null}
    </>
  )
}

/** Each choice stands right before what it shows or hides, so that a stylesheet alone can do it. */
function Modes(props: CorrectionFormProps) {
  const { mode } = props.values
  return (
    <fieldset
      class="field modes"
      hx-get={correctionHref(props.entry.id)}
      hx-trigger="input changed delay:400ms, change"
      hx-include="closest form"
      hx-params="mode,replacement.amount,replacement.occurredAt"
      hx-target={`#${CORRECTION_PREVIEW_ID}`}
      hx-select={`#${FORESEEN_ID}`}
      hx-swap="innerHTML"
      hx-sync="this:queue last"
      hx-disabled-elt="unset"
      hx-indicator="unset"
    >
      <legend>Apa yang dibukukan</legend>
      <input
        type="radio"
        id="mode-replace"
        name="mode"
        value="replace"
        checked={mode === 'replace'}
      />{' '}
      <label for="mode-replace">Ganti dengan yang benar</label>{' '}
      <input
        class="mode-reverse"
        type="radio"
        id="mode-reverse"
        name="mode"
        value="reverse"
        checked={mode === 'reverse'}
      />{' '}
      <label for="mode-reverse">Batalkan saja</label>
      <ReplacementFields {...props} />
    </fieldset>
  )
}

function Submit({ entry, filter, question, hasPreviewButton }: CorrectionFormProps) {
  return (
    <>
      <Buttons>
        {hasPreviewButton ? <PreviewButton /> : null}
        <Button look={question ? 'plain' : 'primary'}>Bukukan perbaikan</Button>{' '}
        <ButtonLink href={wayBack(entry.id, filter)}>Tidak jadi</ButtonLink>
      </Buttons>
      <Loading label="Mengirim perbaikan" />
    </>
  )
}

/** The first button of the form: without a script Enter looks ahead. The script takes it away. */
const PreviewButton = () => (
  <span data-scriptless>
    <Button name="preview" value="1">
      Lihat akibatnya
    </Button>{' '}
  </span>
)
