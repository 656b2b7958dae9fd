import type { Signature } from '#src/settings/queries.ts'
import { SIGNATURE_LABELS, SIGNATURES } from '#views/reports/words.ts'
import { Button } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { TextArea, TextField } from '#views/ui/field.tsx'

export const SETTINGS_PATH = '/settings'

const MAX_NAME = 100
const MAX_RECIPIENTS = 20

/** Exactly what was typed, by the names of the fields. */
export type SettingsValues = Record<string, string>

export type SettingsPageProps = {
  formToken: string
  requestId: string
  values: SettingsValues
  errors: Errors
}

const FIELDS = [
  'companyName',
  'alertRecipients',
  ...SIGNATURES.flatMap((signature) =>
    ['name', 'position'].map((part) => `signatories.${signature}.${part}`),
  ),
]
const idOf = (field: string): string => field.replaceAll('.', '-')
const TARGETS = Object.fromEntries(FIELDS.map((field) => [field, idOf(field)]))

/** What admins decide for the whole company, as one form. */
export function SettingsPage(props: SettingsPageProps) {
  return (
    <>
      <div class="page-head">
        <h1>Pengaturan</h1>
      </div>
      <form class="form settings" method="post" action={SETTINGS_PATH} novalidate>
        <ErrorSummary errors={props.errors} targets={TARGETS} outcome="Belum tersimpan." />
        <input type="hidden" name="formToken" value={props.formToken} />
        <input type="hidden" name="requestId" value={props.requestId} />
        <section class="panel" aria-labelledby="company-title">
          <div class="panel-head">
            <h2 id="company-title">Perusahaan</h2>
          </div>
          <Company {...props} />
        </section>
        <section class="panel" aria-labelledby="signatures-title">
          <div class="panel-head">
            <h2 id="signatures-title">Tanda tangan laporan bulanan</h2>
          </div>
          <div class="panel-body form">
            {SIGNATURES.map((signature) => (
              <SignatoryFields signature={signature} {...props} />
            ))}
          </div>
        </section>
        <div>
          <Button look="primary" size="big">
            Simpan pengaturan
          </Button>
        </div>
      </form>
    </>
  )
}

function Company({ values, errors }: SettingsPageProps) {
  return (
    <div class="panel-body form">
      <TextField
        id="companyName"
        name="companyName"
        label="Nama perusahaan"
        isOptional
        hint="Tampil di kepala laporan bulanan."
        value={values.companyName ?? ''}
        error={errors.companyName}
        maxLength={MAX_NAME}
        autocomplete="organization"
      />
      <TextArea
        id="alertRecipients"
        name="alertRecipients"
        label="Penerima peringatan stok menipis"
        isOptional
        hint={`Satu alamat e-mail tiap baris, paling banyak ${MAX_RECIPIENTS}.`}
        value={values.alertRecipients ?? ''}
        error={errors.alertRecipients}
        maxLength={2000}
        rows={6}
      />
    </div>
  )
}

type SignatoryFieldsProps = SettingsPageProps & { signature: Signature }

function SignatoryFields({ signature, values, errors }: SignatoryFieldsProps) {
  const field = (part: 'name' | 'position', label: string) => {
    const name = `signatories.${signature}.${part}`
    return (
      <TextField
        id={idOf(name)}
        name={name}
        label={label}
        isOptional
        value={values[name] ?? ''}
        error={errors[name]}
        maxLength={MAX_NAME}
      />
    )
  }
  return (
    <fieldset>
      <legend>{SIGNATURE_LABELS[signature]}</legend>
      <div class="form-row">
        {field('name', 'Nama')}
        {field('position', 'Jabatan')}
      </div>
    </fieldset>
  )
}
