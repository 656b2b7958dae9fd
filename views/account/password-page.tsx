import type { Child } from 'hono/jsx'
import { ACCOUNT_PATH, PASSWORD_PATH } from '#views/account/paths.ts'
import { Gate } from '#views/auth/gate.tsx'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'
import { Field } from '#views/ui/field.tsx'
import { Notice } from '#views/ui/notice.tsx'
import { PasswordField } from '#views/ui/password-field.tsx'

const TARGETS = { oldPassword: 'oldPassword', newPassword: 'newPassword' }
const OUTCOME = 'Kata sandi belum diganti.'
const HINT =
  '10 sampai 64 huruf. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.'

const HEADING = 'Pilih kata sandi Anda sendiri'
const WAITING = 'Belum tercatat, isian Anda masih ada'
const WAITING_ADVICE =
  'Setelah kata sandi diganti, isian itu kembali: periksa isinya, lalu kirim sekali lagi.'
const UNSENT = 'Isian Anda belum tercatat'
const UNSENT_ADVICE =
  'Setelah kata sandi diganti, Anda kembali ke halamannya: isi dan kirim sekali lagi.'

export type PasswordPageProps = {
  formToken: string
  /** Whose password it is: seen by people at a shared PC, and by what keeps their passwords. */
  email: string
  requestId: string
  /** The local path to go on to; empty where it is the account. */
  next: string
  errors: Errors
}

/** Where a person gives themselves another password. */
export function PasswordPage(props: PasswordPageProps) {
  return (
    <>
      <div class="page-head">
        <h1>Ganti kata sandi</h1>
      </div>
      <section class="panel own-password" aria-label="Ganti kata sandi">
        <div class="panel-body">
          <PasswordForm {...props} oldLabel="Kata sandi lama">
            <p>Sesi Anda di perangkat lain berakhir; di sini Anda tetap masuk.</p>
            <Buttons>
              <Button look="primary">Ganti kata sandi</Button>
              <ButtonLink href={ACCOUNT_PATH}>Batal</ButtonLink>
            </Buttons>
          </PasswordForm>
        </div>
      </section>
    </>
  )
}

export type FirstPasswordProps = PasswordPageProps & {
  name: string
  /** Another form, which was sent and comes back after the choice. */
  carried: string | null
  /** A form was sent that cannot come back. */
  isUnsent: boolean
}

/** Stands before everything else until the person has a password that nobody made up for them. With `isGate`. */
export function FirstPasswordPage(props: FirstPasswordProps) {
  return (
    <Gate>
      <FirstPassword {...props} />
    </Gate>
  )
}

/** The same in the place of a page that was opened before. */
export function FirstPasswordPanel(props: FirstPasswordProps) {
  return (
    <section class="panel sign-in" aria-label={HEADING}>
      <div class="panel-body form">
        <FirstPassword {...props} />
      </div>
    </section>
  )
}

function FirstPassword(props: FirstPasswordProps) {
  return (
    <>
      <h1>{HEADING}</h1>
      <p>
        {`${props.name}, kata sandi yang Anda pakai dibuatkan admin. Pilih kata sandi sendiri sebelum mulai bekerja, supaya hanya Anda yang tahu.`}
      </p>
      {props.carried || props.isUnsent ? (
        <Notice tone="low" heading={props.carried ? WAITING : UNSENT}>
          <p>{props.carried ? WAITING_ADVICE : UNSENT_ADVICE}</p>
        </Notice>
      ) : null}
      <PasswordForm {...props} oldLabel="Kata sandi dari admin">
        {props.carried ? <input type="hidden" name="carried" value={props.carried} /> : null}
        {props.isUnsent ? <input type="hidden" name="unsent" value="1" /> : null}
        <Button look="primary" size="big">
          Simpan kata sandi
        </Button>
      </PasswordForm>
      <form class="gate-out" method="post" action="/logout">
        <input type="hidden" name="formToken" value={props.formToken} />
        <Button look="quiet">Keluar</Button>
      </form>
    </>
  )
}

type PasswordFormProps = PasswordPageProps & {
  oldLabel: string
  children: Child
}

function PasswordForm({ formToken, requestId, email, next, errors, ...props }: PasswordFormProps) {
  return (
    <form class="form" method="post" action={PASSWORD_PATH} novalidate>
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="next" value={next} />
      <ErrorSummary errors={errors} targets={TARGETS} outcome={OUTCOME} />
      <Field id="account" label="Akun">
        <input
          class="input"
          id="account"
          type="email"
          value={email}
          autocomplete="username"
          readonly
        />
      </Field>
      <PasswordField
        id="oldPassword"
        name="oldPassword"
        label={props.oldLabel}
        error={errors.oldPassword}
        autocomplete="current-password"
        isRequired
      />
      <PasswordField
        id="newPassword"
        name="newPassword"
        label="Kata sandi baru"
        hint={HINT}
        error={errors.newPassword}
        autocomplete="new-password"
        isRequired
      />
      {props.children}
    </form>
  )
}
