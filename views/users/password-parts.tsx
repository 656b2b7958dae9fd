import type { Child } from 'hono/jsx'
import { userRowId } from '#views/ids.ts'
import { Button, Buttons } from '#views/ui/button.tsx'
import { RecordRows } from '#views/ui/edit-row.tsx'
import { pageOf, userHref } from '#views/users/filter.ts'
import { USER_COLUMNS } from '#views/users/user-row.tsx'

export const passwordRowId = (userId: number): string => `${userRowId(userId)}-password`

type Who = { id: number; name: string }

export type PasswordFormProps = {
  user: Who
  formToken: string
  requestId: string
  filter: string
  /** Below the row in the list, whose place the answer takes. */
  isInline: boolean
}

/** Asks once more before somebody loses their password. */
export function PasswordForm({ user, isInline, ...props }: PasswordFormProps) {
  const action = pageOf(user.id, 'password', '')
  const byHtmx = {
    class: 'row-form',
    'hx-post': action,
    'hx-sync': 'this:drop',
    'hx-disabled-elt': 'find button',
  }
  return (
    <form method="post" action={action} {...(isInline ? byHtmx : {})}>
      <input type="hidden" name="formToken" value={props.formToken} />
      <input type="hidden" name="requestId" value={props.requestId} />
      {props.filter === '' ? null : <input type="hidden" name="filter" value={props.filter} />}
      <p class="password-words">
        {user.name} mendapat kata sandi dari empat kata acak dan keluar dari semua perangkatnya.
        Saat masuk berikutnya ia memilih kata sandinya sendiri.
      </p>
      <Buttons>
        <Button look="primary">Buat kata sandi baru</Button>{' '}
        <CloseLink href={userHref(user.id)} isInline={isInline}>
          Tidak jadi
        </CloseLink>
      </Buttons>
    </form>
  )
}

export type ToldPasswordProps = {
  user: Who
  /** Null where they are no longer good. */
  words: string | null
  isInline: boolean
}

/** The one time that a password is shown. */
export function ToldPassword({ user, words, isInline }: ToldPasswordProps) {
  return (
    <div class="notice told" tabindex={-1} data-told>
      {words === null ? (
        <p>
          Kata sandi ini sudah dibuat tadi dan sudah tidak berlaku lagi. Buat lagi bila {user.name}{' '}
          belum bisa masuk.
        </p>
      ) : (
        <>
          <h2>Kata sandi untuk {user.name}</h2>
          <p class="told-words">
            <code>{words}</code>
          </p>
          <p>
            Catat atau sampaikan sekarang: kata sandi ini hanya ditampilkan sekali. {user.name}{' '}
            menggantinya saat masuk berikutnya.
          </p>
        </>
      )}
      <Buttons>
        <CloseLink href={userHref(user.id)} isInline={isInline}>
          {words === null ? 'Tutup' : 'Sudah dicatat'}
        </CloseLink>
      </Buttons>
    </div>
  )
}

/**
 * The same below the person's row, and not a part of it: whatever becomes of the row, a password that is told once stays
 * until it is noted, and what is typed into the row stays as well.
 */
export function UnderRow({ userId, children }: { userId: number; children: Child }) {
  return (
    <RecordRows>
      <tr class="record-under" id={passwordRowId(userId)}>
        <td colspan={USER_COLUMNS}>{children}</td>
      </tr>
    </RecordRows>
  )
}

function CloseLink(props: { href: string; isInline: boolean; children: string }) {
  return (
    <a class="button" href={props.href} data-close={props.isInline ? '' : undefined}>
      {props.children}
    </a>
  )
}
