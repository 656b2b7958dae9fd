import { LoginForm, type LoginFormProps } from '#views/auth/login.tsx'
import { SIGN_IN_ID } from '#views/ids.ts'

/** In the place of a page whose session is over: what was typed into it comes back after the sign-in. */
export function SignInPanel(form: LoginFormProps) {
  const title = `${SIGN_IN_ID}-title`
  return (
    <section class="panel sign-in" id={SIGN_IN_ID} aria-labelledby={title}>
      <div class="panel-body">
        <h1 id={title}>Masuk lagi</h1>
        <LoginForm {...form} />
      </div>
    </section>
  )
}
