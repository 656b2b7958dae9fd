import type { CorrectionFormProps } from '#views/corrections/correction-form.tsx'
import { TimeField } from '#views/stock/time-field.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'
import { LitreField } from '#views/ui/litre-field.tsx'
import { Select } from '#views/ui/select.tsx'

/** What is right, beginning with what the entry says. */
export function ReplacementFields(props: CorrectionFormProps) {
  const { values, errors } = props
  return (
    <div class="form replacement">
      <div class="form-row">
        <LitreField
          id="replacement-amount"
          name="replacement.amount"
          label="Jumlah yang benar"
          value={values.amount}
          error={errors['replacement.amount']}
        />
        <ConsumerField {...props} />
      </div>
      <details class="more" open={isRestOpen(props)}>
        <summary>Waktu, keterangan, nomor surat</summary>
        <div class="form">
          <div class="form-row">
            <TimeField
              id="replacement-occurredAt"
              name="replacement.occurredAt"
              label="Waktu"
              value={values.occurredAt}
              error={errors['replacement.occurredAt']}
              latest={props.latest}
              whenEmpty="Tetap seperti semula, bila kosong."
            />
            <TextField
              id="replacement-reference"
              name="replacement.reference"
              label="No. surat jalan / DO"
              isOptional
              value={values.reference}
              error={errors['replacement.reference']}
              maxLength={100}
            />
          </div>
          <TextArea
            id="replacement-notes"
            name="replacement.notes"
            label="Keterangan"
            isOptional
            value={values.notes}
            error={errors['replacement.notes']}
            maxLength={500}
          />
        </div>
      </details>
    </div>
  )
}

/** An entry may name one that can no longer be chosen. */
function ConsumerField({ entry, consumers, values, errors }: CorrectionFormProps) {
  const names = new Set(entry.kind === 'usage' ? consumers : [])
  if (entry.consumer !== null) names.add(entry.consumer)
  if (names.size === 0) return null
  const options = [...names].map((name) => ({ value: name, label: name }))
  return (
    <Select
      id="replacement-consumer"
      name="replacement.consumer"
      label="Untuk"
      isOptional
      value={values.consumer}
      error={errors['replacement.consumer']}
      options={[{ value: '', label: 'Tidak disebut' }, ...options]}
    />
  )
}

/** What differs from the entry, or is wrong, is not hidden. */
function isRestOpen({ entry, values, errors }: CorrectionFormProps): boolean {
  return (
    values.occurredAt !== entry.occurredClock ||
    values.reference !== (entry.reference ?? '') ||
    values.notes !== (entry.notes ?? '') ||
    ['occurredAt', 'reference', 'notes'].some((name) => errors[`replacement.${name}`])
  )
}
