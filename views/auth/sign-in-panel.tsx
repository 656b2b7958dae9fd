import { LoginForm, type LoginFormProps } from '#views/auth/login.tsx'
import { SIGN_IN_ID } from '#views/ids.ts'
import { Panel } from '#views/ui/panel.tsx'

/** In the place of a page whose session is over: what was typed into it comes back after the sign-in. */
export function SignInPanel(form: LoginFormProps) {
  return (
    <div class="sign-in">
      <Panel id={SIGN_IN_ID} heading="Masuk lagi">
        <div class="panel-body">
          <LoginForm {...form} />
        </div>
      </Panel>
    </div>
  )
}
