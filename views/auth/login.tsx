import { KnownPeople, type KnownPerson } from '#views/auth/known-people.tsx'
import { signInHref } from '#views/auth/paths.ts'
import { CONTENT_ID } from '#views/ids.ts'
import { Brand } from '#views/ui/brand.tsx'
import { Button } from '#views/ui/button.tsx'
import { TextField } from '#views/ui/field.tsx'
import { Notice } from '#views/ui/notice.tsx'

const TICKS = Array.from({ length: 41 }, (_, at) => at)

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
    <div class="gate">
      <header class="gate-plate">
        <Brand />
        <p class="gate-line">Setiap liter tercatat, masuk dan keluar.</p>
        <p>Buku stok solar depo.</p>
        <Tape />
      </header>
      <main class="gate-main" id={CONTENT_ID}>
        <h1>Masuk</h1>
        {people.length > 0 ? <KnownPeople people={people} {...form} /> : null}
        <LoginForm {...form} />
        {hasOthers ? (
          <p class="people-other">
            <a href={signInHref({ next: form.next })}>Pilih orang lain</a>
          </p>
        ) : null}
        <p class="hint">Lupa kata sandi? Minta admin depo membuatkan yang baru.</p>
      </main>
    </div>
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
      <TextField
        id="password"
        name="password"
        type="password"
        label="Kata sandi"
        value=""
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
