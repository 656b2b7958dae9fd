import { SelectCell, TextCell, TickCell } from '#views/ui/edit-cells.tsx'
import { EditPage, EditRow, type RowForm } from '#views/ui/edit-row.tsx'
import type { Option } from '#views/ui/select.tsx'
import { listHref, pageOf, rowHref } from '#views/users/filter.ts'
import { passwordRowId } from '#views/users/password-parts.tsx'
import { USER_COLUMNS } from '#views/users/user-row.tsx'
import { UsersHead } from '#views/users/users-head.tsx'

export type UserEditProps = {
  form: RowForm
  /** Null for somebody who is only being added. */
  user: { id: number; name: string } | null
  /** Whether it is the person who asks: then the password is changed elsewhere, where the old one is asked for. */
  isOwn: boolean
  roles: Option[]
  /** Codes of those that can be chosen. */
  locations: string[]
}

/** Somebody of the list as a form, or an empty one for somebody new. */
export function UserEditRow({ form, user, isOwn, roles, locations }: UserEditProps) {
  return (
    <EditRow
      form={form}
      columns={USER_COLUMNS}
      cancelHref={listHref(form.filter, user ? form.id : '')}
      {...(user && { rowHref: rowHref(user.id, form.filter) })}
    >
      <TextCell form={form} class="c-name" name="name" label="Nama" maxLength={100} />
      <TextCell
        form={form}
        class="c-email"
        name="email"
        label="Email"
        type="email"
        maxLength={254}
      />
      <SelectCell form={form} class="c-role" name="role" label="Peran" options={roles} />
      <SelectCell
        form={form}
        class="c-place"
        name="location"
        label="Lokasi"
        options={[
          { value: '', label: form.values.role === 'operasional' ? 'Pilih lokasi' : 'Semua' },
          ...locations.map((code) => ({ value: code, label: code })),
        ]}
      />
      {user ? (
        <TickCell form={form} class="c-state" name="active" label="Aktif" unticked="Nonaktif" />
      ) : (
        <td class="c-state">
          <span class="tick">Aktif</span>
        </td>
      )}
      <td class="c-seen">
        {user && !isOwn ? (
          <NewPasswordLink id={user.id} filter={form.filter} isInline={form.isInline} />
        ) : (
          <span class="soft">{isOwn ? 'Akun Anda' : 'Kata sandi dibuatkan'}</span>
        )}
      </td>
    </EditRow>
  )
}

/** The same row on a page of its own. */
export function UserEditPage(props: UserEditProps) {
  const { form, user } = props
  return (
    <EditPage
      form={form}
      heading={user ? `Ubah ${user.name}` : 'Tambah pengguna'}
      back={<a href={listHref(form.filter)}>Semua pengguna</a>}
    >
      <table class="table stack people">
        <caption class="visually-hidden">{user ? user.name : 'Pengguna baru'}</caption>
        <UsersHead />
        <UserEditRow {...props} />
      </table>
    </EditPage>
  )
}

function NewPasswordLink(props: { id: number; filter: string; isInline: boolean }) {
  const href = pageOf(props.id, 'password', props.filter)
  const below = {
    'hx-get': href,
    'hx-target': 'closest .record',
    'hx-swap': 'afterend',
    'hx-sync': 'this:drop',
    'data-opens': passwordRowId(props.id),
  }
  return (
    <a href={href} {...(props.isInline ? below : {})}>
      Buat kata sandi baru
    </a>
  )
}
