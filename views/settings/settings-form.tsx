import type { SettingsPart } from '#src/settings/parts.ts'
import type { Signature } from '#src/settings/queries.ts'
import { SIGNATURE_LABELS, SIGNATURES } from '#views/reports/words.ts'
import { PART_HEADINGS, partHref, partId, SETTINGS_PATH } from '#views/settings/parts.ts'
import { EditArea, EditField, EditPanel } from '#views/ui/edit-panel.tsx'
import type { RowForm } from '#views/ui/edit-row.tsx'

const MAX_NAME = 100
const MAX_RECIPIENTS = 20

export type SettingsFormProps = { part: SettingsPart; form: RowForm }

/** A part of the settings as a form, in the place of its panel. */
export function SettingsForm({ part, form }: SettingsFormProps) {
  return (
    <EditPanel
      form={form}
      heading={PART_HEADINGS[part]}
      cancelHref={`${SETTINGS_PATH}#${partId(part)}`}
      readHref={partHref(part)}
    >
      <PartFields part={part} form={form} />
    </EditPanel>
  )
}

export const settingsHeading = (part: SettingsPart): string =>
  `Ubah ${PART_HEADINGS[part].toLowerCase()}`

/** The same on a page of its own. */
export function SettingsFormPage(props: SettingsFormProps) {
  return (
    <>
      <div class="page-head">
        <h1>{settingsHeading(props.part)}</h1>
        <p>
          <a href={SETTINGS_PATH}>Semua pengaturan</a>
        </p>
      </div>
      <div class="settings">
        <SettingsForm {...props} />
      </div>
    </>
  )
}

function PartFields({ part, form }: SettingsFormProps) {
  if (part === 'company') {
    return (
      <EditField
        form={form}
        name="companyName"
        label="Nama perusahaan"
        isOptional
        hint="Tampil di kepala laporan bulanan."
        maxLength={MAX_NAME}
        autocomplete="organization"
      />
    )
  }
  if (part === 'recipients') {
    return (
      <EditArea
        form={form}
        name="alertRecipients"
        label="Penerima peringatan stok menipis"
        isOptional
        hint={`Satu email tiap baris, paling banyak ${MAX_RECIPIENTS}.`}
        maxLength={2000}
        rows={6}
      />
    )
  }
  return (
    <>
      {SIGNATURES.map((signature) => (
        <SignatoryFields signature={signature} form={form} />
      ))}
    </>
  )
}

function SignatoryFields({ signature, form }: { signature: Signature; form: RowForm }) {
  const field = (part: 'name' | 'position', label: string) => (
    <EditField
      form={form}
      name={`signatories.${signature}.${part}`}
      label={label}
      isOptional
      maxLength={MAX_NAME}
    />
  )
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
