import type { Child } from 'hono/jsx'
import type { WallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'
import {
  AmountField,
  ConsumerField,
  LocationField,
  NotesField,
  OccurredAtField,
  ReferenceField,
} from '#views/stock/entry-fields.tsx'
import { type Question, UnusualQuestion } from '#views/stock/unusual-question.tsx'
import { Button } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { Loading } from '#views/ui/loading.tsx'

export type EntryFormKind = 'usage' | 'delivery' | 'opening'

/** Exactly what was typed, sense or nonsense. An empty `occurredAt` means now. */
export type EntryFormValues = {
  amount: string
  location: string
  occurredAt: string
  notes: string
  reference: string
  consumer: string
}

export type EntryFormLocation = {
  code: string
  name: string
  balance: Litres
  hasEntries: boolean
  consumers: string[]
}

export type EntryFormProps = {
  action: '/stock/in' | '/stock/out'
  formToken: string
  requestId: string
  kind: EntryFormKind
  locations: EntryFormLocation[]
  /** A clerk books at one location only: it is told, not asked. */
  hasFixedLocation: boolean
  values: EntryFormValues
  errors: Errors
  /** What the person must look at once more before it is booked. */
  question: Question | null
  /** What the picker of the time offers. */
  earliest?: WallClock | undefined
  latest: WallClock
  /** One number and one button; the rest behind "more". */
  isCompact: boolean
}

const SUBMIT_LABELS: Record<EntryFormKind, string> = {
  usage: 'Catat pemakaian',
  delivery: 'Catat stok masuk',
  opening: 'Catat stok awal',
}

export const entryFormId = (kind: EntryFormKind): string => `${kind}-form`
export const entryFormHeading = (kind: EntryFormKind): string => SUBMIT_LABELS[kind]

/** Books usage, a delivery or an opening. The root is the form itself, so that an answer can take its place. */
export function EntryForm(props: EntryFormProps) {
  const { kind, errors, isCompact } = props
  return (
    <form
      class="form panel-body"
      id={entryFormId(kind)}
      method="post"
      action={props.action}
      novalidate
      hx-post={props.action}
      hx-target="this"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      hx-disabled-elt="find button"
    >
      <ErrorSummary errors={errors} targets={targetsOf(props)} outcome="Belum tercatat." />
      <UnusualQuestion question={props.question} verb="catat" amountId="amount" />
      <HiddenFields {...props} />
      {props.hasFixedLocation ? null : <LocationField {...props} />}
      <AmountField {...props} />
      {isCompact ? <CompactRest {...props} /> : <FullRest {...props} />}
    </form>
  )
}

function HiddenFields(props: EntryFormProps) {
  return (
    <>
      <input type="hidden" name="formToken" value={props.formToken} />
      <input type="hidden" name="requestId" value={props.requestId} />
      {props.isCompact ? <input type="hidden" name="from" value="home" /> : null}
      {props.kind === 'opening' ? <input type="hidden" name="kind" value="opening" /> : null}
      {props.hasFixedLocation ? (
        <input type="hidden" name="location" value={props.values.location} />
      ) : null}
    </>
  )
}

function CompactRest(props: EntryFormProps) {
  const { values, errors } = props
  const isOpen = [
    values.occurredAt,
    values.notes,
    values.reference,
    errors.occurredAt,
    errors.notes,
    errors.reference,
  ].some((text) => text !== undefined && text !== '')
  return (
    <>
      <ConsumerField {...props} />
      <Submit {...props} />
      <details class="more" open={isOpen}>
        <summary>Waktu lain, keterangan, nomor surat</summary>
        <div class="form">
          <Row>
            <OccurredAtField {...props} />
            <ReferenceField {...props} />
          </Row>
          <NotesField {...props} />
        </div>
      </details>
    </>
  )
}

function FullRest(props: EntryFormProps) {
  return (
    <>
      <ConsumerField {...props} />
      <Row>
        <OccurredAtField {...props} />
        <ReferenceField {...props} />
      </Row>
      <NotesField {...props} />
      <Submit {...props} />
    </>
  )
}

const Row = (props: { children: Child }) => <div class="form-row">{props.children}</div>

function Submit({ kind, question }: EntryFormProps) {
  return (
    <div>
      <Button look={question ? 'plain' : 'primary'} size="big">
        {SUBMIT_LABELS[kind]}
      </Button>
      <Loading label="Mengirim catatan" />
    </div>
  )
}

function targetsOf({ kind, locations, hasFixedLocation }: EntryFormProps): Record<string, string> {
  const fields = ['amount', 'occurredAt', 'reference', 'notes']
  if (!hasFixedLocation) fields.push('location')
  if (kind === 'usage' && locations.some(({ consumers }) => consumers.length > 0))
    fields.push('consumer')
  return Object.fromEntries(fields.map((field) => [field, field]))
}
