import { CreateLocations } from '#views/imports/create-locations.tsx'
import { PREVIEWS_PATH } from '#views/imports/paths.ts'
import { Button, Buttons } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { describe, Field } from '#views/ui/field.tsx'

export type UploadFormProps = {
  formToken: string
  createLocations: boolean
  errors: Errors
}

/** The file stands last: what is sent before it is read and judged before any of it is taken. */
export function UploadForm({ formToken, createLocations, errors }: UploadFormProps) {
  const file = {
    id: 'file',
    label: 'Berkas CSV atau Excel (.xlsx)',
    hint: 'Berkas diperiksa dulu. Belum ada yang dibukukan sebelum Anda menekan “Bukukan”.',
    error: errors.file,
  }
  return (
    <form
      class="form"
      method="post"
      action={PREVIEWS_PATH}
      enctype="multipart/form-data"
      aria-label="Unggah berkas"
      novalidate
    >
      <input type="hidden" name="formToken" value={formToken} />
      <ErrorSummary errors={errors} targets={{ file: 'file' }} outcome="Belum diunggah." />
      <CreateLocations isChosen={createLocations} />
      <Field {...file}>
        <input
          class="input input-file"
          id="file"
          name="file"
          type="file"
          required
          accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          {...describe(file)}
        />
      </Field>
      <Buttons>
        <Button look="primary">Periksa berkas</Button>
      </Buttons>
    </form>
  )
}
