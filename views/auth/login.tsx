import { CONTENT_ID } from '#views/ids.ts'
import { Brand } from '#views/ui/brand.tsx'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Notice } from '#views/ui/notice.tsx'

const TICKS = Array.from({ length: 41 }, (_, at) => at)

export type LoginPageProps = {
  formToken: string
  /** The local path to go on to. */
  next: string
  /** Kept as it was typed. */
  email: string
  /** One sentence for every failed sign-in. */
  error?: string | undefined
}

/** Goes into a Layout with `isGate`. */
export function LoginPage(props: LoginPageProps) {
  return (
    <div class="gate">
      <header class="gate-plate">
        <Brand />
        <p class="gate-line">Setiap liter tercatat, masuk dan keluar.</p>
        <p>Buku stok solar depo.</p>
        <Tape />
      </header>
      <main class="gate-main" id={CONTENT_ID}>
        <h1>Masuk</h1>
        <LoginForm {...props} />
        <p class="hint">Lupa kata sandi? Minta admin depo membuatkan yang baru.</p>
      </main>
    </div>
  )
}

function LoginForm({ formToken, next, email, error }: LoginPageProps) {
  return (
    <form class="form" method="post" action="/login">
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="next" value={next} />
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
      />
      <TextField
        id="password"
        name="password"
        type="password"
        label="Kata sandi"
        value=""
        autocomplete="current-password"
        isRequired
      />
      <Button look="primary" size="big">
        Masuk
      </Button>
    </form>
  )
}

/** The sounding tape as an ornament. */
function Tape() {
  return (
    <svg class="gate-tape" aria-hidden="true" focusable="false">
      <rect class="gauge-level" x="52" y="38%" width="12" height="62%" />
      {TICKS.map((at) => (
        <line
          class="gauge-tick"
          x1={at % 5 === 0 ? '18' : '34'}
          x2="48"
          y1={`${at * 2.5}%`}
          y2={`${at * 2.5}%`}
        />
      ))}
    </svg>
  )
}
