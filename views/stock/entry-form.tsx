import type { Child } from 'hono/jsx'
import type { WallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'
import { CHOSEN_ID } from '#views/ids.ts'
import { TimeField } from '#views/stock/time-field.tsx'
import { Button } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'
import { LitreField } from '#views/ui/litre-field.tsx'
import { Loading } from '#views/ui/loading.tsx'
import { Select } from '#views/ui/select.tsx'

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
  /** What the picker of the time offers. */
  earliest?: WallClock | undefined
  latest: WallClock
  /** One number and one button; the rest behind "more". */
  isCompact: boolean
}

const WORDS: Record<EntryFormKind, { amount: string; time: string; submit: string }> = {
  usage: {
    amount: 'Jumlah solar yang dipakai',
    time: 'Waktu pemakaian',
    submit: 'Catat pemakaian',
  },
  delivery: {
    amount: 'Jumlah solar yang diterima',
    time: 'Waktu diterima',
    submit: 'Catat stok masuk',
  },
  opening: { amount: 'Solar yang ada di tangki', time: 'Waktu diukur', submit: 'Catat stok awal' },
}

export const entryFormId = (kind: EntryFormKind): string => `${kind}-form`
export const entryFormHeading = (kind: EntryFormKind): string => WORDS[kind].submit

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

function Submit({ kind }: EntryFormProps) {
  return (
    <div>
      <Button look="primary" size="big">
        {WORDS[kind].submit}
      </Button>
      <Loading label="Mengirim catatan" />
    </div>
  )
}

function LocationField({ action, locations, values, errors }: EntryFormProps) {
  const options = locations.map(({ code, name }) => ({ value: code, label: name }))
  const isChosen = locations.some(({ code }) => code === values.location)
  return (
    <Select
      id="location"
      name="location"
      label="Lokasi"
      value={values.location}
      error={errors.location}
      options={isChosen ? options : [{ value: '', label: 'Pilih lokasi' }, ...options]}
      enhance={{
        'hx-get': action,
        'hx-trigger': 'change',
        'hx-target': `#${CHOSEN_ID}`,
        'hx-select': `#${CHOSEN_ID}`,
        'hx-sync': 'this:replace',
        'hx-disabled-elt': 'unset',
      }}
    />
  )
}

function AmountField({ kind, locations, values, errors }: EntryFormProps) {
  return (
    <LitreField
      id="amount"
      name="amount"
      label={WORDS[kind].amount}
      value={values.amount}
      error={errors.amount}
      isBig
      direction={kind === 'usage' ? 'out' : 'in'}
      balances={Object.fromEntries(locations.map(({ code, balance }) => [code, balance]))}
    />
  )
}

/** Consumers belong to a location; where several can be chosen they stand in groups. */
function ConsumerField({ kind, locations, values, errors }: EntryFormProps) {
  const having = locations.filter(({ consumers }) => consumers.length > 0)
  if (kind !== 'usage' || having.length === 0) return null
  const asOptions = (names: string[]) => names.map((name) => ({ value: name, label: name }))
  const groups = having.map(({ name, consumers }) => ({
    label: name,
    options: asOptions(consumers),
  }))
  const choices = locations.length === 1 ? groups.flatMap(({ options }) => options) : groups
  return (
    <Select
      id="consumer"
      name="consumer"
      label="Untuk"
      isOptional
      value={values.consumer}
      error={errors.consumer}
      options={[{ value: '', label: 'Tidak disebut' }, ...choices]}
    />
  )
}

function OccurredAtField({ kind, values, errors, earliest, latest }: EntryFormProps) {
  return (
    <TimeField
      id="occurredAt"
      name="occurredAt"
      label={WORDS[kind].time}
      value={values.occurredAt}
      error={errors.occurredAt}
      earliest={earliest}
      latest={latest}
    />
  )
}

function ReferenceField({ kind, values, errors }: EntryFormProps) {
  return (
    <TextField
      id="reference"
      name="reference"
      label={kind === 'delivery' ? 'No. surat jalan / DO' : 'No. surat'}
      hint="Boleh kosong."
      value={values.reference}
      error={errors.reference}
      maxLength={100}
    />
  )
}

function NotesField({ values, errors, isCompact }: EntryFormProps) {
  return (
    <TextArea
      id="notes"
      name="notes"
      label="Keterangan"
      isOptional
      value={values.notes}
      error={errors.notes}
      maxLength={500}
      rows={isCompact ? 2 : 3}
    />
  )
}

function targetsOf({ kind, locations, hasFixedLocation }: EntryFormProps): Record<string, string> {
  const fields = ['amount', 'occurredAt', 'reference', 'notes']
  if (!hasFixedLocation) fields.push('location')
  if (kind === 'usage' && locations.some(({ consumers }) => consumers.length > 0))
    fields.push('consumer')
  return Object.fromEntries(fields.map((field) => [field, field]))
}
