import type { Day, WallClock } from '#src/units/business-day.ts'
import { Fact, inWords } from '#views/history/entry-facts.tsx'
import { SessionsPanel, type SessionsPanelProps } from '#views/sessions/sessions-table.tsx'
import { ActiveState } from '#views/ui/active-state.tsx'
import { Button, ButtonLink } from '#views/ui/button.tsx'
import { pageOf, USERS_PATH, userHref } from '#views/users/filter.ts'
import { LastSignIn, type UserCard } from '#views/users/user-row.tsx'

export type UserPageProps = {
  user: UserCard
  createdAt: WallClock
  mustChangePassword: boolean
  /** Whether it is the person who asks. */
  isOwn: boolean
  today: Day
  zoneLabel: string
  sessions: SessionsPanelProps
  /** What the form that turns the account on or off sends: the person as they are, but for that. */
  switched: Record<string, string>
}

/** One person: what is known of them, what can be done, where they are signed in. */
export function UserPage(props: UserPageProps) {
  const { user } = props
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{user.name}</h1>
          <p>{`${user.roleLabel} · ${user.location ?? 'semua lokasi'}`}</p>
        </div>
        <p>
          <a href={USERS_PATH}>Semua pengguna</a>
        </p>
      </div>
      <section class="panel" aria-label={`Rincian ${user.name}`}>
        <dl class="facts facts-two">
          <UserFacts {...props} />
        </dl>
      </section>
      <div class="buttons">
        <ButtonLink href={pageOf(user.id, 'edit', '')} look="primary">
          Ubah
        </ButtonLink>{' '}
        {props.isOwn ? null : (
          <ButtonLink href={pageOf(user.id, 'password', '')}>Buat kata sandi baru</ButtonLink>
        )}{' '}
        <SwitchForm {...props} />
      </div>
      <SessionsPanel {...props.sessions} />
    </>
  )
}

function UserFacts({ user, createdAt, mustChangePassword, today, zoneLabel }: UserPageProps) {
  return (
    <>
      <Fact label="Email">{user.email}</Fact>
      <Fact label="Status">
        <ActiveState active={user.active} />
      </Fact>
      <Fact label="Terakhir masuk">
        <LastSignIn lastSignIn={user.lastSignIn} today={today} />
      </Fact>
      <Fact label="Kata sandi">
        {mustChangePassword ? 'harus diganti saat masuk berikutnya' : 'tidak perlu diganti'}
      </Fact>
      <Fact label="Ditambahkan">{inWords(createdAt, zoneLabel)}</Fact>
    </>
  )
}

function SwitchForm({ user, switched }: UserPageProps) {
  return (
    <form method="post" action={userHref(user.id)}>
      {Object.entries(switched).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button>{user.active ? 'Nonaktifkan' : 'Aktifkan lagi'}</Button>
    </form>
  )
}
