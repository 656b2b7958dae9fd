import { Empty } from '#views/ui/empty.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { USERS_PATH } from '#views/users/filter.ts'
import { UsersHead } from '#views/users/users-head.tsx'

/** Why the list is empty, and the way on. The table stays, so that somebody new can be added to it. */
export function NobodyFound({ errors }: { errors: Errors }) {
  const isRefused = Object.keys(errors).length > 0
  return (
    <>
      <table class="table stack people">
        <caption class="visually-hidden">Pengguna</caption>
        <UsersHead />
      </table>
      <Empty heading={isRefused ? 'Daftar belum bisa ditampilkan' : 'Tidak ada yang cocok'}>
        <p>{isRefused ? adviceOn(errors) : SPELLING}</p>
        <a class="button" href={USERS_PATH} hx-get={USERS_PATH}>
          Tampilkan semua
        </a>
      </Empty>
    </>
  )
}

const SPELLING = 'Periksa ejaan nama atau email, atau tampilkan semua pengguna.'

/** The order and the page have no field that could be marked: they come from links. */
const adviceOn = ({ search, active }: Errors): string =>
  search || active
    ? 'Perbaiki isian yang ditandai, lalu cari lagi.'
    : 'Alamat ini menyebut urutan atau halaman yang tidak ada. Cari lagi, atau tampilkan semua pengguna.'
