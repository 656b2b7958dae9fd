import { KEYS_PATH, SCOPE_SENTENCES } from '#views/keys/words.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Panel } from '#views/ui/panel.tsx'
import { Select } from '#views/ui/select.tsx'

const MAX_NAME = 100
const TARGETS = { name: 'name', scope: 'scope', location: 'location' }
const SCOPES = Object.entries(SCOPE_SENTENCES).map(([value, label]) => ({ value, label }))

export type KeyFormProps = {
  formToken: string
  requestId: string
  /** Exactly what was typed, by the names of the fields. */
  values: Record<string, string>
  errors: Errors
  locations: { code: string; name: string }[]
}

/** What a new key is called, and what it may do. */
export function KeyForm({ formToken, requestId, values, errors, locations }: KeyFormProps) {
  const places = locations.map(({ code, name }) => ({ value: code, label: name }))
  return (
    <>
      <div class="page-head">
        <h1>Buat kunci API</h1>
        <p>
          <a href={KEYS_PATH}>Semua kunci</a>
        </p>
      </div>
      <Panel id="new-key" heading="Kunci untuk satu program">
        <form class="panel-body form new-key" method="post" action={KEYS_PATH} novalidate>
          <ErrorSummary errors={errors} targets={TARGETS} outcome="Belum dibuat." />
          <input type="hidden" name="formToken" value={formToken} />
          <input type="hidden" name="requestId" value={requestId} />
          <TextField
            id="name"
            name="name"
            label="Nama"
            hint="Nama program atau alatnya, misalnya “Flow meter genset 1”. Nama ini tampil sebagai pencatat."
            value={values.name ?? ''}
            error={errors.name}
            maxLength={MAX_NAME}
            isRequired
          />
          <Select
            id="scope"
            name="scope"
            label="Yang boleh dilakukan"
            value={values.scope ?? ''}
            error={errors.scope}
            options={[{ value: '', label: 'Pilih satu' }, ...SCOPES]}
          />
          <Select
            id="location"
            name="location"
            label="Lokasi"
            hint="Kunci untuk mencatat harus punya satu lokasi."
            value={values.location ?? ''}
            error={errors.location}
            options={[{ value: '', label: 'Semua lokasi (membaca saja)' }, ...places]}
          />
          <Buttons>
            <Button look="primary">Buat kunci</Button>
            <ButtonLink href={KEYS_PATH}>Batal</ButtonLink>
          </Buttons>
        </form>
      </Panel>
    </>
  )
}
