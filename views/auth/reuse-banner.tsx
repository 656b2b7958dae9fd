import { formatDayClock, type WallClock } from '#src/units/business-day.ts'
import { PASSWORD_PATH, WARNINGS_PATH } from '#views/auth/paths.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Notice } from '#views/ui/notice.tsx'

export type ReuseBannerProps = {
  formToken: string
  /** The instant, as it is sent back. */
  at: string
  clock: WallClock
  /** The page to come back to. */
  next: string
}

/** On every page until it was read: somebody may hold a copy of what keeps a person signed in. */
export function ReuseBanner({ formToken, at, clock, next }: ReuseBannerProps) {
  return (
    <aside class="warning" aria-label="Peringatan akun">
      <Notice tone="low" heading="Sesi lama akun Anda dipakai lagi">
        <p>
          {`Pada ${formatDayClock(clock)} sebuah peramban memakai lagi sesi lama akun ini, jadi sesi itu kami akhiri. Kalau itu bukan Anda, ganti kata sandi.`}
        </p>
        <form method="post" action={WARNINGS_PATH}>
          <input type="hidden" name="formToken" value={formToken} />
          <input type="hidden" name="at" value={at} />
          <input type="hidden" name="next" value={next} />
          <Buttons>
            <ButtonLink look="primary" href={PASSWORD_PATH}>
              Ganti kata sandi
            </ButtonLink>{' '}
            <Button>Saya mengerti</Button>
          </Buttons>
        </form>
      </Notice>
    </aside>
  )
}
