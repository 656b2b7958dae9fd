import { CHOSEN_ID } from '#views/ids.ts'
import type { EntryFormKind, EntryFormProps } from '#views/stock/entry-form.tsx'
import { TimeField } from '#views/stock/time-field.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'
import { LitreField } from '#views/ui/litre-field.tsx'
import { Select } from '#views/ui/select.tsx'

const LABELS: Record<EntryFormKind, { amount: string; time: string }> = {
  usage: { amount: 'Jumlah solar yang dipakai', time: 'Waktu pemakaian' },
  delivery: { amount: 'Jumlah solar yang diterima', time: 'Waktu diterima' },
  opening: { amount: 'Solar yang ada di tangki', time: 'Waktu diukur' },
}

/** A change shows what is left at the chosen location, and leaves what was typed alone. */
export function LocationField({ kind, action, locations, values, errors }: EntryFormProps) {
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
        ...(kind === 'opening' ? { 'hx-vals': '{"kind":"opening"}' } : {}),
        'hx-trigger': 'change',
        'hx-target': `#${CHOSEN_ID}`,
        'hx-select': `#${CHOSEN_ID}`,
        'hx-sync': 'this:replace',
        'hx-disabled-elt': 'unset',
      }}
    />
  )
}

export function AmountField({ kind, locations, values, errors }: EntryFormProps) {
  return (
    <LitreField
      id="amount"
      name="amount"
      label={LABELS[kind].amount}
      value={values.amount}
      error={errors.amount}
      isBig
      direction={kind === 'usage' ? 'out' : 'in'}
      balances={Object.fromEntries(locations.map(({ code, balance }) => [code, balance]))}
    />
  )
}

/** Consumers belong to a location; where several can be chosen they stand in groups. */
export function ConsumerField({ kind, locations, values, errors }: EntryFormProps) {
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

export function OccurredAtField({ kind, values, errors, earliest, latest }: EntryFormProps) {
  return (
    <TimeField
      id="occurredAt"
      name="occurredAt"
      label={LABELS[kind].time}
      value={values.occurredAt}
      error={errors.occurredAt}
      earliest={earliest}
      latest={latest}
    />
  )
}

export function ReferenceField({ kind, values, errors }: EntryFormProps) {
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

export function NotesField({ values, errors, isCompact }: EntryFormProps) {
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
