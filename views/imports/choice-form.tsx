import type { Draft } from '#src/imports/draft.ts'
import { CreateLocations } from '#views/imports/create-locations.tsx'
import { PREVIEWS_PATH } from '#views/imports/paths.ts'
import { Button, Buttons } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { LitreField } from '#views/ui/litre-field.tsx'
import { Panel } from '#views/ui/panel.tsx'
import { Select } from '#views/ui/select.tsx'

/** Exactly what was typed, or what holds for the draft. */
export type ChoiceValues = {
  createLocations: boolean
  decimal: string
  dates: string
  /** For the locations of which an opening stock is asked, or was given. */
  opening: Record<string, string>
}

export type ChoiceFormProps = {
  draft: Draft
  /** Nothing of the file is left to be booked. */
  isSettled: boolean
  formToken: string
  values: ChoiceValues
  errors: Errors
}

const TO_CHOOSE = { value: '', label: 'Pilih' }
const TO_FIND = { value: '', label: 'Temukan sendiri' }
const DECIMAL = [
  { value: 'comma', label: 'Koma: 13,75' },
  { value: 'point', label: 'Titik: 13.75' },
]
const DATES = [
  { value: 'dmy', label: 'Hari/bulan/tahun: 31/01/2026' },
  { value: 'mdy', label: 'Bulan/hari/tahun: 01/31/2026' },
]

/** Whether there is anything to say of the file, or a reason to look at it again. */
export function hasChoice({
  draft,
  isSettled,
}: Pick<ChoiceFormProps, 'draft' | 'isSettled'>): boolean {
  const { chosen, outcome } = draft
  if (isSettled) return false
  const isAnswered =
    chosen.decimal !== null || chosen.dates !== null || Object.keys(chosen.opening).length > 0
  const isStuck = outcome.state !== 'ready' && outcome.state !== 'wrong'
  return isAnswered || isStuck || mayCreate(draft)
}

/** Only where the file names a location that is not there: nobody should tick it to be on the safe side. */
const mayCreate = ({ chosen, outcome }: Draft): boolean =>
  chosen.createLocations ||
  (outcome.state === 'wrong' && outcome.shown.some(({ advice }) => advice === 'create-locations'))

/** What a person can say of the whole file, to have it looked at again without uploading it again. */
export function ChoiceForm(props: ChoiceFormProps) {
  const { draft, formToken, values, errors } = props
  const openings = Object.entries(values.opening)
  const targets = Object.fromEntries([
    ['decimal', 'decimal'],
    ['dates', 'dates'],
    ...openings.map(([code]) => [`opening.${code}`, openingId(code)]),
  ])
  return (
    <Panel id="choices-of-file" heading="Pilihan untuk berkas ini">
      <form
        class="panel-body form form-choices"
        method="post"
        action={PREVIEWS_PATH}
        aria-label="Pilihan untuk berkas ini"
        novalidate
      >
        <input type="hidden" name="formToken" value={formToken} />
        <input type="hidden" name="draft" value={draft.id} />
        <ErrorSummary errors={errors} targets={targets} outcome="Belum diperiksa." />
        <StyleFields {...props} />
        {openings.map(([code, value]) => (
          <LitreField
            id={openingId(code)}
            name={`opening.${code}`}
            label={`Stok awal ${code}`}
            hint="Stok semenit sebelum baris pertama lokasi ini. Kosongkan bila tidak ada."
            value={value}
            error={errors[`opening.${code}`]}
            isOptional
          />
        ))}
        {mayCreate(draft) ? <CreateLocations isChosen={values.createLocations} /> : null}
        <Buttons>
          <Button look={draft.outcome.state === 'ready' ? 'plain' : 'primary'}>Periksa lagi</Button>
        </Buttons>
      </form>
    </Panel>
  )
}

/** Asked for only where the file leaves it open, and shown where it was answered. */
function StyleFields({ draft, values, errors }: ChoiceFormProps) {
  const asked = draft.outcome.state === 'question' ? draft.outcome.asks : null
  return (
    <>
      {asked === 'decimal' || values.decimal !== '' ? (
        <Select
          id="decimal"
          name="decimal"
          label="Tanda desimal pada jumlah"
          value={values.decimal}
          error={errors.decimal}
          options={asked === 'decimal' ? [TO_CHOOSE, ...DECIMAL] : [TO_FIND, ...DECIMAL]}
        />
      ) : null}
      {asked === 'dates' || values.dates !== '' ? (
        <Select
          id="dates"
          name="dates"
          label="Urutan tanggal"
          value={values.dates}
          error={errors.dates}
          options={asked === 'dates' ? [TO_CHOOSE, ...DATES] : [TO_FIND, ...DATES]}
        />
      ) : null}
    </>
  )
}

const openingId = (code: string): string => `opening-${code}`
