import { Gate } from '#views/auth/gate.tsx'
import { KnownPeople, type KnownPerson } from '#views/auth/known-people.tsx'
import { signInHref } from '#views/auth/paths.ts'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Notice } from '#views/ui/notice.tsx'
import { PasswordField } from '#views/ui/password-field.tsx'

export type LoginFormProps = {
  formToken: string
  /** The local path to go on to. */
  next: string
  /** Kept as it was typed, or of the person who was chosen. */
  email: string
  /** One sentence for every failed sign-in. */
  error?: string | undefined
  /** Another form, which was sent without a session and comes back after the sign-in. */
  carried?: string | null
}

export type LoginPageProps = LoginFormProps & {
  /** Who signed in on this browser lately, to choose from. */
  people?: KnownPerson[]
  /** Somebody is chosen, and others could be. */
  hasOthers?: boolean
}

/** Goes into a Layout with `isGate`. */
export function LoginPage({ people = [], hasOthers = false, ...form }: LoginPageProps) {
  return (
    <Gate>
      <h1>Masuk</h1>
      {people.length > 0 ? <KnownPeople people={people} {...form} /> : null}
      <LoginForm {...form} />
      {hasOthers ? (
        <p class="people-other">
          <a href={signInHref({ next: form.next })}>Pilih orang lain</a>
        </p>
      ) : null}
      <p class="hint">Lupa kata sandi? Minta admin depo membuatkan yang baru.</p>
    </Gate>
  )
}

export function LoginForm({ formToken, next, email, error, carried }: LoginFormProps) {
  // Somebody who was chosen, or whose form waits, has nothing else to do here.
  const isAwaited = error === undefined && (email !== '' || Boolean(carried))
  return (
    <form class="form" method="post" action="/login">
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="next" value={next} />
      {carried ? <Carried form={carried} /> : null}
      {error ? (
        <div role="alert" tabindex={-1} data-errors>
          <Notice tone="bad">
            <p>{error}</p>
          </Notice>
        </div>
      ) : null}
      <TextField
        id="email"
        name="email"
        type="email"
        label="Email"
        value={email}
        autocomplete="username"
        maxLength={254}
        isRequired
        hasFocus={isAwaited && email === ''}
      />
      <PasswordField
        id="password"
        name="password"
        label="Kata sandi"
        autocomplete="current-password"
        isRequired
        hasFocus={isAwaited && email !== ''}
      />
      <Button look="primary" size="big">
        Masuk
      </Button>
    </form>
  )
}

function Carried({ form }: { form: string }) {
  return (
    <>
      <input type="hidden" name="carried" value={form} />
      <div role="alert">
        <Notice tone="low" heading="Belum tercatat, isian Anda masih ada">
          <p>
            Sesi berakhir sebelum isian terkirim. Masuk, periksa isinya, lalu kirim sekali lagi.
          </p>
        </Notice>
      </div>
    </>
  )
}
