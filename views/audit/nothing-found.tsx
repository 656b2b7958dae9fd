import { formatDate } from '#src/units/business-day.ts'
import { isFiltered, trailHref } from '#views/audit/filter.ts'
import type { TrailFrameProps } from '#views/audit/trail-frame.tsx'
import { Empty } from '#views/ui/empty.tsx'

type NothingFoundProps = Pick<TrailFrameProps, 'path' | 'filter' | 'turn' | 'place' | 'noun'> & {
  isRefused: boolean
}

/** Why a list is empty, and the way on. */
export function NothingFound(props: NothingFoundProps) {
  const { path, filter, turn, place, noun, isRefused } = props
  if (isRefused) {
    return (
      <Empty heading="Jejak belum bisa ditampilkan">
        <p>Perbaiki isian yang ditandai, lalu saring lagi.</p>
      </Empty>
    )
  }
  if (turn.searchedUntil !== null) return <NotFoundYet {...props} />
  if (place.before !== '' || place.after !== '') {
    return (
      <Empty heading="Tidak ada lagi yang cocok">
        <p>Semua {noun} dari sini sampai yang paling lama sudah dicari.</p>
        <Way href={trailHref(path, filter)} text="Ke halaman pertama" />
      </Empty>
    )
  }
  if (isFiltered(filter)) {
    return (
      <Empty heading={`Tidak ada ${noun} yang cocok`}>
        <p>Longgarkan saringannya, atau hapus.</p>
        <Way href={path} text="Hapus saringan" />
      </Empty>
    )
  }
  return (
    <Empty heading={`Belum ada ${noun}`}>
      <p>Yang terjadi mulai sekarang muncul di sini.</p>
    </Empty>
  )
}

/** Nothing among the rows that were looked at: how far that was, and the way on. */
function NotFoundYet({ path, filter, turn, place, noun }: NothingFoundProps) {
  const { newer, older, searchedUntil } = turn
  const isBack = place.before !== '' && place.after === '' && newer !== null
  const further = isBack ? 'baru' : 'lama'
  const beside = isBack ? { before: newer } : { after: older ?? '' }
  return (
    <Empty heading={`Belum ada yang cocok. Dicari sampai ${formatDate(searchedUntil ?? '')}.`}>
      <p>
        Yang lebih {further} belum dicari. Isi tanggal untuk mencari {noun} di satu masa saja.
      </p>
      <Way href={trailHref(path, filter, beside)} text={`Cari yang lebih ${further}`} />
    </Empty>
  )
}

const Way = ({ href, text }: { href: string; text: string }) => (
  <a class="button" href={href} hx-get={href}>
    {text}
  </a>
)
