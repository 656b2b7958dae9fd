import { ACCOUNT_PATH, PASSWORD_PATH } from '#views/account/paths.ts'
import { SessionsPanel, type SessionsPanelProps } from '#views/sessions/sessions-table.tsx'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Panel } from '#views/ui/panel.tsx'

const MAX_NAME = 100

export type AccountPageProps = {
  formToken: string
  requestId: string
  /** As it was typed. */
  name: string
  errors: Errors
  email: string
  roleLabel: string
  placeLabel: string
  sessions: SessionsPanelProps
}

/** What a person may see and change of their own account. */
export function AccountPage(props: AccountPageProps) {
  return (
    <>
      <div class="page-head">
        <h1>Akun saya</h1>
      </div>
      <div class="desk desk-account">
        <Panel id="account-person" heading="Data saya">
          <NameForm {...props} />
          <Given {...props} />
        </Panel>
        <Panel id="account-password" heading="Kata sandi">
          <div class="panel-body form">
            <p>
              Ganti kata sandi bila orang lain mungkin tahu yang sekarang. Sesi Anda di perangkat
              lain berakhir saat itu juga.
            </p>
            <Buttons>
              <ButtonLink href={PASSWORD_PATH}>Ganti kata sandi</ButtonLink>
            </Buttons>
          </div>
        </Panel>
        <SessionsPanel {...props.sessions} />
      </div>
    </>
  )
}

function NameForm({ formToken, requestId, name, errors }: AccountPageProps) {
  return (
    <form class="panel-body form" method="post" action={ACCOUNT_PATH} novalidate>
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="requestId" value={requestId} />
      <ErrorSummary errors={errors} targets={{ name: 'name' }} outcome="Belum tersimpan." />
      <div class="account-name">
        <TextField
          id="name"
          name="name"
          label="Nama"
          hint="Tampil pada setiap catatan Anda."
          value={name}
          error={errors.name}
          maxLength={MAX_NAME}
          autocomplete="name"
        />
        <Button>Simpan nama</Button>
      </div>
    </form>
  )
}

/** What the administration decides. */
function Given({ email, roleLabel, placeLabel }: AccountPageProps) {
  return (
    <>
      <dl class="facts">
        <div>
          <dt>Email</dt>
          <dd>{email}</dd>
        </div>
        <div>
          <dt>Peran</dt>
          <dd>{roleLabel}</dd>
        </div>
        <div>
          <dt>Lokasi</dt>
          <dd>{placeLabel}</dd>
        </div>
      </dl>
      <p class="hint">Email, peran dan lokasi diubah oleh admin depo.</p>
    </>
  )
}
