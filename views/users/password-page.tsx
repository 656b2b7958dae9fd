import type { Child } from 'hono/jsx'
import { USERS_PATH } from '#views/users/filter.ts'

/** Asking for a new password, or telling it, where there is no row to stand below. */
export function PasswordPage(props: { heading: string; children: Child }) {
  return (
    <>
      <div class="page-head">
        <h1>{props.heading}</h1>
        <p>
          <a href={USERS_PATH}>Semua pengguna</a>
        </p>
      </div>
      <section class="panel" aria-label="Kata sandi">
        <div class="panel-body">{props.children}</div>
      </section>
    </>
  )
}
